package org.linkctl.modules.linux.sysctl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.linux.parameters.SysctlKey;
import org.linkctl.modules.linux.stack.NetworkdFiles;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * What sysctl.d(5) sets at boot, all files together in the order in which they count, as {@code systemd-analyze
 * cat-config} prints them: each begins with its path as a comment.
 */
record SysctlFiles(List<Line> lines) {
    /**
     * @param path below /proc/sys; it may be a pattern
     * @param value null: no pattern sets it
     */
    record Line(String file, String path, @Nullable String value) {}

    static final SysctlFiles NONE = new SysctlFiles(List.of());

    private static final Question.Command COMMAND = Question.command("systemd-analyze", "cat-config", "sysctl.d");

    SysctlFiles {
        lines = List.copyOf(lines);
    }

    static Question.Command question() {
        return COMMAND;
    }

    /** A host whose systemd cannot tell is one of which nothing is known. */
    static SysctlFiles read(Answers answers) {
        Answer.Output out = answers.to(COMMAND);
        if (!out.ok()) return NONE;
        List<Line> lines = new ArrayList<>();
        String file = "";
        for (String line : out.stdout().lines().toList()) {
            String text = line.strip();
            if (text.startsWith("# /") && text.indexOf(' ', 2) < 0) file = text.substring(2);
            int equals = text.indexOf('=');
            boolean exception = equals < 0 && text.startsWith("-");
            if (text.startsWith("#") || text.startsWith(";") || (equals <= 0 && !exception)) continue;
            String key = (exception ? text : text.substring(0, equals)).strip().replaceFirst("^-", "");
            String value = exception ? null : SysctlModule.normal(text.substring(equals + 1));
            lines.add(new Line(file, SysctlKey.path(key), value));
        }
        return new SysctlFiles(lines);
    }

    /** What each file sets, as sysctl.d(5) would have it. */
    Map<String, String> files() {
        Map<String, String> out = new TreeMap<>();
        lines.forEach(line -> {
            String text = line.value() == null ? "-" + line.path() : line.path() + " = " + line.value();
            out.merge(line.file(), text + "\n", String::concat);
        });
        return out;
    }

    /** What a file that comes after ours sets otherwise, or resets, so that a boot would not give what is wanted. */
    Optional<Line> overruling(SysctlKey key, String value) {
        String own = NetworkdFiles.name(key.file());
        return lines.stream()
                // An earlier linkctl gave its files other names; they go.
                .filter(line -> !SysctlRest.isOurs(line.file()))
                .filter(line -> NetworkdFiles.name(line.file()).compareTo(own) > 0)
                .filter(line -> line.value() != null && !line.value().equals(value))
                .filter(line -> line.path().equals(key.path()) || resets(line, key))
                .reduce((first, second) -> second);
    }

    /** A pattern sets what no line names: sysctl.d(5). */
    private static boolean resets(Line line, SysctlKey key) {
        return SysctlKey.isOne(line.path()) && key.isResetBy(new SysctlKey(line.path()));
    }

    /** The assignment of exactly this parameter that counts: the last. */
    Optional<Line> last(SysctlKey key) {
        return lines.stream()
                .filter(line -> line.value() != null && line.path().equals(key.path()))
                .reduce((first, second) -> second);
    }

    /**
     * Whether at boot an interface gets a value by the pattern of a default: nobody names it, neither to set nor to except
     * it, and no other pattern comes later. A pattern that is there twice with the same value counts where it was first
     * (systemd-sysctl(8) 252, seen).
     */
    boolean leaves(SysctlKey key, String value, String device) {
        String path = key.of(device).path();
        List<Line> all = new ArrayList<>(lines);
        // What linkctl itself has named goes with what it was for, or is declared; but for what it found out on the
        // host.
        all.removeIf(line -> SysctlRest.isOurs(line.file()) && !line.file().endsWith(SysctlRouters.SUFFIX));
        if (all.stream().anyMatch(line -> line.path().equals(path))) return false;
        all.add(new Line(key.file(), key.pattern(), value));
        all.sort(Comparator.comparing(line -> NetworkdFiles.name(line.file())));
        Map<String, String> patterns = new LinkedHashMap<>();
        for (Line line : all) {
            String wanted = line.value();
            if (wanted == null || !Glob.matches(line.path(), path) || wanted.equals(patterns.get(line.path())))
                continue;
            patterns.remove(line.path());
            patterns.put(line.path(), wanted);
        }
        return List.copyOf(patterns.keySet()).getLast().equals(key.pattern());
    }
}
