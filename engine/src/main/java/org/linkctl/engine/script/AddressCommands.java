package org.linkctl.engine.script;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.spi.Answer;

/** {@code ip -o addr show dev DEVICE}: ip-address(8); a line each, its second word the interface. */
final class AddressCommands implements CommandKind {
    private static final List<String> COMMON = List.of("ip", "-o", "addr", "show");

    @Override
    public boolean is(List<String> words) {
        return words.size() == 6
                && words.subList(0, 4).equals(COMMON)
                && words.get(4).equals("dev");
    }

    @Override
    public List<String> joined(List<String> common, List<String> subjects) {
        return COMMON;
    }

    // An interface without addresses has no line, and one that is not there has none either.
    @Override
    public Map<String, Answer.Output> read(Answer.Output output, List<String> subjects) {
        Map<String, StringBuilder> lines = new HashMap<>();
        if (!CommandKind.clean(output)) return Map.of();
        for (String line : output.stdout().lines().toList()) {
            String[] words = line.split(" +", 3);
            if (words.length < 3) return Map.of();
            lines.computeIfAbsent(words[1], name -> new StringBuilder())
                    .append(line)
                    .append('\n');
        }
        return CommandKind.succeeded(lines, subjects);
    }
}
