package org.linkctl.engine.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.spi.Answer;

/** Commands that one process can answer for many interfaces, files or units. */
interface CommandKind {
    boolean is(List<String> words);

    /** What one command is about. */
    default String subject(List<String> words) {
        return words.getLast();
    }

    /** What commands that go together have in common. */
    default List<String> common(List<String> words) {
        return List.copyOf(words.subList(0, words.size() - 1));
    }

    default List<String> joined(List<String> common, List<String> subjects) {
        List<String> out = new ArrayList<>(common);
        out.addAll(subjects);
        return out;
    }

    /** What each command alone would have given, for those of which that is certain. */
    Map<String, Answer.Output> read(Answer.Output output, List<String> subjects);

    static boolean clean(Answer.Output output) {
        return output.ok() && output.stderr().isEmpty();
    }

    static Map<String, Answer.Output> succeeded(Map<String, StringBuilder> lines, List<String> subjects) {
        Map<String, Answer.Output> out = new LinkedHashMap<>();
        for (String subject : subjects) {
            StringBuilder text = lines.get(subject);
            if (text != null) out.put(subject, new Answer.Output(0, text.toString(), ""));
        }
        return out;
    }
}
