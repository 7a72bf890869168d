package org.linkctl.modules.linux.sysctl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.modules.linux.parameters.SysctlKey;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Value;
import org.linkctl.spi.Question;

/** The kernel parameters that files in /etc set on a host, as {@code linkctl import} declares them: what the system brings stays out. */
final class SysctlFound {
    private static final String FOLDER = "/etc/sysctl.d/";
    private static final String CONF = "/etc/sysctl.conf";

    private SysctlFound() {}

    static List<Question<?>> questions() {
        return List.of(SysctlFiles.question());
    }

    static List<Question<?>> questions(Answers first) {
        List<Question<?>> out = new ArrayList<>();
        last(SysctlFiles.read(first)).keySet().forEach(key -> {
            out.add(key.value());
            out.add(SysctlModule.written(key));
        });
        return List.copyOf(out);
    }

    static List<Found> read(Answers answers) {
        if (!answers.to(SysctlFiles.question()).ok())
            return List.of(new Found.Unsaid(
                    "kernel parameters", "'systemd-analyze cat-config sysctl.d' does not say what files set"));
        SysctlFiles files = SysctlFiles.read(answers);
        List<Found> out = new ArrayList<>();
        last(files).forEach((key, line) -> {
            if (!isNeeded(key, answers)) out.add(of(key, line, answers));
        });
        for (SysctlFiles.Line line : files.lines()) {
            if (!isTheirs(line) || SysctlRest.isOurs(line.file())) continue;
            if (line.value() == null || !SysctlKey.isOne(line.path()))
                out.add(new Found.Unsaid(
                        line.file() + ": "
                                + (line.value() == null ? "-" + line.path() : line.path() + " = " + line.value()),
                        "a pattern, and sysctl('…') names one parameter; the file stays as it is"));
        }
        return List.copyOf(out);
    }

    /** A file of linkctl's tells why it is there, unless the user declared the parameter. */
    private static boolean isNeeded(SysctlKey key, Answers answers) {
        return answers.to(SysctlModule.written(key)).stream()
                .flatMap(String::lines)
                .skip(1)
                .anyMatch(line -> line.startsWith("#"));
    }

    private static boolean isTheirs(SysctlFiles.Line line) {
        return line.file().startsWith(FOLDER) || line.file().equals(CONF);
    }

    /** Of each parameter the line that counts, where it is one of /etc. */
    private static Map<SysctlKey, SysctlFiles.Line> last(SysctlFiles files) {
        Map<SysctlKey, SysctlFiles.Line> out = new LinkedHashMap<>();
        for (SysctlFiles.Line line : files.lines()) {
            if (line.value() == null || !SysctlKey.isOne(line.path())) continue;
            SysctlKey key = new SysctlKey(line.path());
            if (isTheirs(line)) out.put(key, line);
            else out.remove(key);
        }
        return out;
    }

    private static Found of(SysctlKey key, SysctlFiles.Line line, Answers answers) {
        String name = key.dotted();
        String now = answers.to(key.value()).map(SysctlModule::normal).orElse(null);
        String value = String.valueOf(line.value());
        if (value.equals(now)) return new Found.Line("sysctl", List.of(Value.of(name), value(value)));
        return new Found.Unsaid(
                name + ": " + value + " in " + line.file() + ", and the kernel has "
                        + (now == null ? "no such parameter now" : now),
                "sysctl('…') would set what runs, too");
    }

    private static Value value(String text) {
        return text.matches("0|-?[1-9][0-9]{0,8}") ? Value.of(Long.parseLong(text)) : Value.of(text);
    }
}
