package org.linkctl.engine.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.spi.Answer;

/**
 * {@code systemctl show --property=… UNIT}, and {@code systemctl is-active UNIT}, which prints one of them: systemctl(1).
 * A block for each unit, in order, an empty line between. That a unit is not there is no error of it: what fails, fails
 * for all.
 */
final class UnitCommands implements CommandKind {
    private static final String PROPERTIES = "--property=";
    private static final String STATE = "ActiveState";
    private static final Set<String> CERTAIN = Set.of("active", "inactive", "failed");

    @Override
    public boolean is(List<String> words) {
        if (words.size() < 3 || !words.getFirst().equals("systemctl")) return false;
        boolean one = words.size() == 3
                ? words.get(1).equals("is-active")
                : words.size() == 4
                        && words.get(1).equals("show")
                        && words.get(2).startsWith(PROPERTIES);
        return one && words.getLast().matches("[A-Za-z0-9:_.@\\\\-]+");
    }

    private static String unit(String subject) {
        return subject.substring(subject.lastIndexOf('\0') + 1);
    }

    /** Which it asks for. */
    private static List<String> properties(String subject) {
        List<String> words = List.of(subject.split("\0", -1));
        return words.size() == 3
                ? List.of(STATE)
                : List.of(words.get(2).substring(PROPERTIES.length()).split(",", -1));
    }

    @Override
    public String subject(List<String> words) {
        return String.join("\0", words);
    }

    @Override
    public List<String> common(List<String> words) {
        return List.of("systemctl", "show");
    }

    @Override
    public List<String> joined(List<String> common, List<String> subjects) {
        String properties = subjects.stream()
                .flatMap(subject -> properties(subject).stream())
                .distinct()
                .collect(Collectors.joining(","));
        return Stream.concat(
                        Stream.of("systemctl", "show", PROPERTIES + properties),
                        subjects.stream().map(subject -> unit(subject)).distinct())
                .toList();
    }

    @Override
    public Map<String, Answer.Output> read(Answer.Output output, List<String> subjects) {
        Map<String, Answer.Output> out = new LinkedHashMap<>();
        if (!CommandKind.clean(output)) {
            if (output.ok() || !output.stdout().isEmpty()) return Map.of();
            for (String subject : subjects) out.put(subject, output);
            return out;
        }
        List<String> units =
                subjects.stream().map(subject -> unit(subject)).distinct().toList();
        String[] blocks = output.stdout().split("(?<=\n)\n", -1);
        if (blocks.length != units.size()) return Map.of();
        for (String subject : subjects) {
            String block = blocks[units.indexOf(unit(subject))];
            if (subject.startsWith("systemctl\0show")) out.put(subject, properties(block, properties(subject)));
            else active(block).ifPresent(one -> out.put(subject, one));
        }
        return out;
    }

    private static Answer.Output properties(String block, List<String> properties) {
        String text = block.lines()
                .filter(line -> properties.contains(line.replaceFirst("=.*", "")))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return new Answer.Output(0, text, "");
    }

    /** As is-active(1) says it; its exit status says of some other states whether there is such a unit. */
    private static Optional<Answer.Output> active(String block) {
        return block.lines()
                .filter(line -> line.startsWith(STATE + "="))
                .map(line -> line.substring(STATE.length() + 1))
                .filter(state -> CERTAIN.contains(state))
                .map(state -> new Answer.Output(state.equals("active") ? 0 : 3, state + "\n", ""))
                .findFirst();
    }
}
