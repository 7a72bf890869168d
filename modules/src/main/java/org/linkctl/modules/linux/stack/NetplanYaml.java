package org.linkctl.modules.linux.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.net.Cidr;

/**
 * A file of netplan(5). Several that name one definition add up: lists get longer, of a single value the last file's counts,
 * and what is said twice counts once.
 */
final class NetplanYaml {
    /** What YAML 1.2 and its predecessors take for a text without quotes, wherever it stands. */
    private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9_.-]*");

    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Lines of each definition, by its ID, below the section that it belongs to. */
    private final Map<String, Map<String, List<String>>> sections = new LinkedHashMap<>();

    /** Adds lines to a definition, each indented as it is to stand below the ID; without any, it is there. */
    NetplanYaml define(Netplan.Definition definition, List<String> lines) {
        sections.computeIfAbsent(definition.section(), section -> new LinkedHashMap<>())
                .computeIfAbsent(definition.id(), id -> new ArrayList<>())
                .addAll(lines);
        return this;
    }

    String text() {
        StringBuilder out = new StringBuilder(OurFiles.MARK).append("\nnetwork:\n  version: 2\n");
        sections.forEach((section, definitions) -> {
            out.append("  ").append(section).append(":\n");
            definitions.forEach((id, lines) -> {
                out.append("    ").append(key(id)).append(lines.isEmpty() ? ": {}\n" : ":\n");
                lines.forEach(line -> out.append("      ").append(line).append('\n'));
            });
        });
        return out.toString();
    }

    /** A value that is a text, whatever it looks like. */
    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** The same, without quotes where it is a text without them, too. */
    static String key(String text) {
        return PLAIN.matcher(text).matches() ? text : quoted(text);
    }

    static List<String> list(String key, List<String> values) {
        if (values.isEmpty()) return List.of();
        List<String> out = new ArrayList<>(List.of(key + ":"));
        values.forEach(value -> out.add("  - " + quoted(value)));
        return out;
    }

    /** What is quoted in lines that begin with these words. */
    static List<String> texts(String begin, String content) {
        return content.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(begin + "\""))
                .flatMap(line -> unquoted(line).stream())
                .toList();
    }

    static List<Cidr> prefixes(String begin, String content) {
        return texts(begin, content).stream()
                .flatMap(text -> Cidr.parse(text).stream())
                .toList();
    }

    static Optional<String> value(String key, String content) {
        return texts(key + ": ", content).stream().findFirst();
    }

    private static Optional<String> unquoted(String line) {
        return QUOTED.matcher(line).results().map(found -> found.group(1)).findFirst();
    }
}
