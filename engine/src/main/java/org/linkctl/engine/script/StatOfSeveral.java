package org.linkctl.engine.script;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.linkctl.spi.Answer;

/** The same of several files, whose names the format has at its end. */
final class StatOfSeveral implements CommandKind {
    private static int files(List<String> words) {
        return words.get(1).equals("-c")
                ? words.get(2).lastIndexOf(" %n")
                : words.get(2).lastIndexOf(" %N");
    }

    @Override
    public boolean is(List<String> words) {
        return words.size() > 4
                && words.getFirst().equals("stat")
                && (words.get(1).equals("-c") || words.get(1).equals("-f"))
                && files(words) == words.get(2).length() - 3
                && words.subList(3, words.size()).stream().allMatch(path -> path.matches("/[A-Za-z0-9_@+./-]+"));
    }

    private static List<String> paths(String subject) {
        return List.of(subject.split("\0", -1));
    }

    @Override
    public String subject(List<String> words) {
        return String.join("\0", words.subList(3, words.size()));
    }

    @Override
    public List<String> common(List<String> words) {
        return List.copyOf(words.subList(0, 3));
    }

    @Override
    public List<String> joined(List<String> common, List<String> subjects) {
        return Stream.concat(
                        common.stream(),
                        subjects.stream()
                                .flatMap(subject -> paths(subject).stream())
                                .distinct())
                .toList();
    }

    @Override
    public Map<String, Answer.Output> read(Answer.Output output, List<String> subjects) {
        Map<String, String> found = new HashMap<>();
        for (String line : output.stdout().lines().toList())
            found.put(line.substring(line.lastIndexOf(' ') + 1), line + "\n");
        List<String> errors = output.stderr().lines().toList();
        Map<String, Answer.Output> out = new LinkedHashMap<>();
        for (String subject : subjects) {
            StringBuilder lines = new StringBuilder();
            StringBuilder missing = new StringBuilder();
            boolean certain = true;
            for (String path : paths(subject)) {
                Optional<String> line = Optional.ofNullable(found.get(path));
                Optional<String> error = errors.stream()
                        .filter(one -> one.contains("'" + path + "'") || one.contains(" " + path + ": "))
                        .findFirst();
                line.ifPresent(lines::append);
                error.ifPresent(one -> missing.append(one).append('\n'));
                certain &= line.isPresent() != error.isPresent();
            }
            int exit = missing.isEmpty() ? 0 : 1;
            if (certain) out.put(subject, new Answer.Output(exit, lines.toString(), missing.toString()));
        }
        return out;
    }
}
