package org.linkctl.engine.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.spi.Answer;

/**
 * {@code systemctl is-enabled UNIT} of instances of templates: a line each. Its exit status counts for all of them together,
 * so that only what is enabled is taken from it.
 */
final class EnabledCommands implements CommandKind {
    @Override
    public boolean is(List<String> words) {
        return words.size() == 3
                && words.subList(0, 2).equals(List.of("systemctl", "is-enabled"))
                && words.get(2).contains("@");
    }

    @Override
    public Map<String, Answer.Output> read(Answer.Output output, List<String> subjects) {
        String[] states = output.stdout().split("\n", -1);
        if (!output.stderr().isEmpty() || states.length != subjects.size() + 1) return Map.of();
        Map<String, Answer.Output> out = new LinkedHashMap<>();
        for (int i = 0; i < subjects.size(); i++) {
            if (states[i].equals("enabled")) out.put(subjects.get(i), new Answer.Output(0, "enabled\n", ""));
        }
        return out;
    }
}
