package org.linkctl.engine.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.linkctl.spi.Answer;

/** stat(1) of GNU and of FreeBSD, {@code stat -c FORMAT FILE}. */
final class StatCommands implements CommandKind {
    @Override
    public boolean is(List<String> words) {
        return words.size() == 4
                && words.getFirst().equals("stat")
                && (words.get(1).equals("-c") || words.get(1).equals("-f"))
                && words.get(3).matches("/[A-Za-z0-9_@+./-]+");
    }

    @Override
    public List<String> joined(List<String> common, List<String> subjects) {
        String name = common.get(1).equals("-c") ? " %n" : " %N";
        return Stream.concat(Stream.of(common.getFirst(), common.get(1), common.get(2) + name), subjects.stream())
                .toList();
    }

    @Override
    public Map<String, Answer.Output> read(Answer.Output output, List<String> subjects) {
        Map<String, Answer.Output> out = new LinkedHashMap<>();
        for (String line : output.stdout().lines().toList()) {
            int space = line.lastIndexOf(' ');
            if (space < 0) return Map.of();
            out.put(line.substring(space + 1), new Answer.Output(0, line.substring(0, space) + "\n", ""));
        }
        for (String line : output.stderr().lines().toList()) {
            subjects.stream()
                    .filter(path -> line.contains("'" + path + "'") || line.contains(" " + path + ": "))
                    .forEach(path -> out.putIfAbsent(path, new Answer.Output(1, "", line + "\n")));
        }
        return out;
    }
}
