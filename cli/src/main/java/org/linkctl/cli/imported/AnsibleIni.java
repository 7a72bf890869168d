package org.linkctl.cli.imported;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.check.Names;
import org.linkctl.cli.context.Failure;

/** An Ansible inventory in INI: hosts with variables behind them, in {@code [group]}, {@code [group:children]} and {@code [group:vars]}. */
final class AnsibleIni {
    private static final Pattern SECTION =
            Pattern.compile("\\[(?<name>[^:\\]]+)(?::(?<what>children|vars))?]\\s*(?:[#;].*)?");

    /** Words between blanks, in which quotes hold blanks together. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"'#]|\"[^\"]*\"|'[^']*')+");

    private final Path file;
    private final AnsibleInventory out;
    private String group = "ungrouped";
    private String what = "";

    AnsibleIni(Path file, AnsibleInventory out) {
        this.file = file;
        this.out = out;
    }

    void read(String text) {
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String plain = line.strip();
            if (!plain.isEmpty() && !plain.startsWith("#") && !plain.startsWith(";")) line(plain, number);
        }
    }

    private void line(String line, int number) {
        Matcher section = SECTION.matcher(line);
        if (section.matches()) {
            group = section.group("name");
            what = section.group("what") == null ? "" : section.group("what");
            out.group(group);
            return;
        }
        if (line.startsWith("[") && !isHost(line))
            throw wrong(number, "'" + Names.shown(line) + "' is no section: [group], [group:children] or [group:vars]");
        switch (what) {
            case "children" -> out.group(group).children.add(words(line).getFirst());
            case "vars" -> variable(line, out.group(group).variables);
            default -> host(words(line), number);
        }
    }

    /** An address in brackets, or a range at the beginning of a name. */
    private static boolean isHost(String line) {
        String first = words(line).getFirst();
        int close = first.indexOf(']');
        return AnsiblePattern.isBracketed(first) || (close > 0 && close < first.length() - 1);
    }

    private void host(List<String> words, int number) {
        AnsiblePattern pattern;
        try {
            pattern = AnsiblePattern.read(words.getFirst());
        } catch (AnsiblePattern.Unreadable e) {
            throw wrong(number, String.valueOf(e.getMessage()));
        }
        for (String name : pattern.names()) {
            out.group(group).hosts.add(name);
            Map<String, String> variables = out.host(name, pattern.port());
            words.stream().skip(1).forEach(word -> variable(word, variables));
        }
    }

    private Failure wrong(int number, String why) {
        return new Failure("--ansible: " + file + ":" + number + ": " + why);
    }

    private static void variable(String text, Map<String, String> into) {
        int equals = text.indexOf('=');
        if (equals > 0)
            into.put(
                    text.substring(0, equals).strip(),
                    plain(text.substring(equals + 1).strip()));
    }

    private static String plain(String value) {
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(0) == value.charAt(value.length() - 1);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        int end = 0;
        while (word.find() && line.substring(end, word.start()).isBlank()) {
            words.add(word.group());
            end = word.end();
        }
        return words.isEmpty() ? List.of(line) : words;
    }
}
