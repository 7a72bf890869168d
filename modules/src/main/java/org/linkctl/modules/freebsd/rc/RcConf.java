package org.linkctl.modules.freebsd.rc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * Variables of rc.conf(5), read and set by sysrc(8), which knows the defaults and every file that may set one. What is
 * not asked for stays as it is.
 *
 * @param values by name, defaults included; a variable that is not set anywhere is not there
 */
public record RcConf(Map<String, String> values) {
    private static final Pattern LINE = Pattern.compile("(?<name>[A-Za-z_][A-Za-z0-9_]*): (?<value>.*)");

    /** Values that sh takes as they are between double quotes, which is how sysrc(8) writes them. */
    private static final Pattern PLAIN = Pattern.compile("[ !#%&'()*+,./0-9:;<=>?@A-Z\\[\\]^_a-z{|}~-]*");

    public RcConf {
        values = Map.copyOf(values);
    }

    /** Prints the values of those that are set; sysrc(8) ends with 1 where one of them is not. */
    public static Question.Command question(List<String> names) {
        List<String> words = new ArrayList<>(List.of("sysrc", "-i"));
        words.addAll(names);
        return Question.command(words);
    }

    public static RcConf read(List<String> names, Answers answers) {
        Answer.Output output = answers.to(question(names));
        if (output.exit() > 1 || !output.stderr().isBlank()) {
            throw new UnreadableFacts(
                    "sysrc ended with " + output.exit() + ": " + output.stderr().strip());
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : output.stdout().lines().toList()) {
            Matcher match = LINE.matcher(line);
            if (!match.matches() || !names.contains(match.group("name"))) {
                throw new UnreadableFacts("sysrc: not a variable that was asked for: '" + line + "'");
            }
            values.put(match.group("name"), match.group("value"));
        }
        if (output.ok() && values.size() < names.size()) {
            throw new UnreadableFacts("sysrc: " + values.size() + " of " + names.size() + " variables");
        }
        return new RcConf(values);
    }

    @Nullable
    public String get(String name) {
        return values.get(name);
    }

    /** What has to be set, or, where the wanted value is null, taken away. */
    public List<Change> diff(Map<String, String> wanted) {
        List<Change> out = new ArrayList<>();
        wanted.forEach((name, value) -> {
            if (!value.equals(values.get(name))) out.add(Change.state(subject(name), values.get(name), value));
        });
        return out;
    }

    public static String subject(String name) {
        return "rc.conf " + name;
    }

    /** The step of a change that {@link #diff} found; sysrc(8) writes into the file that sets it already. */
    public static Step step(Change change) {
        String name = change.subject().substring(subject("").length());
        return Step.run(assignment(name, change.after()), assignment(name, change.before()));
    }

    public static boolean isOurs(Change change) {
        return change.kind() == Change.Kind.STATE && change.subject().startsWith(subject(""));
    }

    private static Argv assignment(String name, @Nullable String value) {
        if (value == null) return Argv.of("sysrc", "-x", name);
        if (!PLAIN.matcher(value).matches()) {
            throw new UnreadableFacts("the value of " + name + " in rc.conf cannot be written back: '" + value + "'");
        }
        return Argv.of("sysrc", name + "=" + value);
    }
}
