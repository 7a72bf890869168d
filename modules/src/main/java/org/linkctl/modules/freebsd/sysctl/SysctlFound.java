package org.linkctl.modules.freebsd.sysctl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.freebsd.rc.RcConf;
import org.linkctl.modules.freebsd.routes.RouteWay;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Value;
import org.linkctl.spi.Question;

/** The kernel parameters that sysctl.conf(5) and rc.conf(5) set on a host, as {@code linkctl import} declares them. */
final class SysctlFound {
    private static final Pattern LINE =
            Pattern.compile("\\s*(?<key>[A-Za-z0-9_.%-]+)\\s*=\\s*(?<value>[^#]*?)\\s*(?:#.*)?");

    private static final List<String> VARIABLES =
            SysctlModule.BY_ROUTING.values().stream().sorted().toList();

    /** Other words need them, and say so again. */
    private static final Set<String> NEEDED = Set.of(SysctlModule.PREEMPT, RouteWay.MULTIPATH);

    private SysctlFound() {}

    static List<Question<?>> questions() {
        return List.of(SysctlModule.WRITTEN, RcConf.question(VARIABLES));
    }

    static List<Question<?>> questions(Answers first) {
        Map<String, String> set = set(first);
        return set.isEmpty() ? List.of() : List.of(running(set));
    }

    private static Question.Command running(Map<String, String> set) {
        return new SysctlModule.Want(set).running();
    }

    /** The last line counts, and what rc.d/routing is told comes after all. */
    private static Map<String, String> set(Answers answers) {
        Map<String, String> out = new LinkedHashMap<>();
        for (String line : answers.to(SysctlModule.WRITTEN).orElse("").lines().toList()) {
            Matcher match = LINE.matcher(line);
            if (match.matches() && !NEEDED.contains(match.group("key")))
                out.put(match.group("key"), match.group("value").replaceAll("^\"|\"$", ""));
        }
        RcConf rc = RcConf.read(VARIABLES, answers);
        SysctlModule.BY_ROUTING.forEach((key, variable) -> {
            out.remove(key);
            if ("YES".equalsIgnoreCase(rc.get(variable))) out.put(key, "1");
        });
        return out;
    }

    static List<Found> read(Answers answers) {
        Map<String, String> set = set(answers);
        if (set.isEmpty()) return List.of();
        Map<String, String> now = new LinkedHashMap<>();
        for (String line : answers.stdout(running(set)).lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0)
                now.put(line.substring(0, equals), line.substring(equals + 1).strip());
        }
        List<Found> out = new ArrayList<>();
        set.forEach((key, value) -> out.add(of(key, value, now.get(key))));
        return List.copyOf(out);
    }

    private static Found of(String key, String value, @Nullable String now) {
        if (value.equals(now)) return new Found.Line("sysctl", List.of(Value.of(key), value(value)));
        return new Found.Unsaid(
                key + ": " + value + " in "
                        + (SysctlModule.BY_ROUTING.containsKey(key) ? "rc.conf" : "/etc/sysctl.conf")
                        + ", and the kernel has " + (now == null ? "no such parameter now" : now),
                "sysctl('…') would set what runs, too");
    }

    private static Value value(String text) {
        return text.matches("0|-?[1-9][0-9]{0,8}") ? Value.of(Long.parseLong(text)) : Value.of(text);
    }
}
