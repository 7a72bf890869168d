package org.linkctl.engine.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.spi.Answer;

/** dpkg-query(1), {@code dpkg-query -W -f FORMAT PACKAGE...}: each reads the whole database of packages. */
final class PackageCommands implements CommandKind {
    private static final String LINE = "${Package} ${db:Status-Status} ${Version}\\n";
    private static final Set<String> FORMATS = Set.of("${Version}", "${Package} ${db:Status-Status}\\n");
    private static final String UNKNOWN = "dpkg-query: no packages found matching ";

    // The format is a word of its own behind -f, or begins with -f=.
    private static int firstName(List<String> words) {
        return words.size() > 2 && words.get(2).startsWith("-f=") ? 3 : 4;
    }

    private static String format(List<String> words) {
        return firstName(words) == 3 ? words.get(2).substring(3) : words.get(3);
    }

    private static List<String> words(String subject) {
        return List.of(subject.split("\0", -1));
    }

    private static List<String> names(String subject) {
        List<String> words = words(subject);
        return words.subList(firstName(words), words.size());
    }

    @Override
    public boolean is(List<String> words) {
        return words.size() > firstName(words)
                && words.subList(0, 2).equals(List.of("dpkg-query", "-W"))
                && (firstName(words) == 3 || words.get(2).equals("-f"))
                && FORMATS.contains(format(words))
                && words.subList(firstName(words), words.size()).stream()
                        .allMatch(name -> name.matches("[a-z0-9][a-z0-9+.-]+"));
    }

    @Override
    public String subject(List<String> words) {
        return String.join("\0", words);
    }

    @Override
    public List<String> common(List<String> words) {
        return List.of("dpkg-query", "-W", "-f", LINE);
    }

    @Override
    public List<String> joined(List<String> common, List<String> subjects) {
        return Stream.concat(
                        common.stream(),
                        subjects.stream()
                                .flatMap(subject -> names(subject).stream())
                                .distinct())
                .toList();
    }

    @Override
    public Map<String, Answer.Output> read(Answer.Output output, List<String> subjects) {
        Map<String, Answer.Output> out = new LinkedHashMap<>();
        // Another system: none of the commands is there.
        boolean none = output.exit() > 125 && output.stdout().isEmpty();
        List<String[]> lines =
                output.stdout().lines().map(line -> line.split(" ", 3)).toList();
        List<String> unknown = output.stderr().lines().toList();
        if (lines.stream().anyMatch(line -> line.length < 3)
                || (!none && unknown.stream().anyMatch(line -> !line.startsWith(UNKNOWN)))) return Map.of();
        for (String subject : subjects) out.put(subject, none ? output : of(subject, lines, unknown));
        return out;
    }

    private static Answer.Output of(String subject, List<String[]> lines, List<String> unknown) {
        List<String> names = names(subject);
        String text = lines.stream()
                .filter(line -> names.contains(line[0]))
                .map(line -> format(words(subject))
                        .replace("${Package}", line[0])
                        .replace("${db:Status-Status}", line[1])
                        .replace("${Version}", line[2])
                        .replace("\\n", "\n"))
                .collect(Collectors.joining());
        String errors = unknown.stream()
                .filter(line -> names.contains(line.substring(UNKNOWN.length())))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return new Answer.Output(errors.isEmpty() ? 0 : 1, text, errors);
    }
}
