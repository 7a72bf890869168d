package org.linkctl.modules.linux.sysctl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.parameters.SysctlKey;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;

/**
 * What a parameter of {@code default} means for interfaces that are there. The kernel copies it when an interface appears,
 * so that at boot it depends on whether a driver comes before or after systemd-sysctl(8) what an interface gets. To be
 * the same live and at any boot, each interface gets the value, live by itself and at boot by a pattern (sysctl.d(5)),
 * unless the inventory or somebody else's file says otherwise of it.
 *
 * @param values by interface, without {@code all} and {@code default}; empty for another parameter
 * @param ports interfaces that stand for hardware
 */
record DefaultReach(Map<String, String> values, Set<String> ports) {
    static final DefaultReach NONE = new DefaultReach(Map.of(), Set.of());

    /**
     * Those by which a host is reached, or that network services write themselves (systemd.network(5), interfaces(5)):
     * interfaces that are there never get them from a default.
     */
    private static final Set<String> EACH_ITS_OWN = Set.of(
            "forwarding",
            "disable_ipv6",
            "autoconf",
            "addr_gen_mode",
            "stable_secret",
            "mtu",
            "use_tempaddr",
            "proxy_ndp",
            "promote_secondaries");

    private static final String ROUTERS = "accept_ra";

    /** Of the neighbour table as a whole: no interface has its own (kernel: net/core/neighbour.c, neigh_sysctl_register). */
    private static final String OF_THE_TABLE = "gc_thresh[123]|gc_interval";

    DefaultReach {
        values = Map.copyOf(values);
        ports = Set.copyOf(ports);
    }

    /** Whether interfaces that are there get it too. */
    static boolean follows(SysctlKey key) {
        return concerns(key) && !isEachOnesOwn(key);
    }

    private static boolean concerns(SysctlKey key) {
        return key.isDefault() && !key.parameter().matches(OF_THE_TABLE);
    }

    private static boolean isEachOnesOwn(SysctlKey key) {
        return EACH_ITS_OWN.contains(key.parameter()) || key.parameter().startsWith(ROUTERS);
    }

    private static Question.Command ofEach(SysctlKey key) {
        String pattern = key.of("NAME").dotted().replace(".", "\\.").replace("NAME", ".*");
        return Question.command("sysctl", "-a", "-r", "^" + pattern + "$");
    }

    static List<Question<?>> questions(SysctlKey key) {
        if (!concerns(key)) return List.of();
        List<Question<?>> out = new ArrayList<>(List.of(ofEach(key)));
        if (!follows(key)) out.add(Links.question());
        return out;
    }

    static DefaultReach read(SysctlKey key, Answers answers) {
        if (!concerns(key)) return NONE;
        Map<String, String> values = new TreeMap<>();
        Pattern line = Pattern.compile(
                Pattern.quote(key.of("NAME").dotted()).replace("NAME", "\\E(?<device>\\S+)\\Q") + " = (?<value>.*)");
        for (String text : answers.stdout(ofEach(key)).lines().toList()) {
            Matcher match = line.matcher(text);
            // sysctl(8) prints the dot of a name as a slash.
            if (match.matches())
                values.put(match.group("device").replace('/', '.'), SysctlModule.normal(match.group("value")));
        }
        values.keySet().removeAll(SysctlKey.NO_INTERFACES);
        Set<String> ports = new TreeSet<>();
        if (!follows(key))
            Links.from(answers).byName().forEach((name, link) -> {
                if (link.port()) ports.add(name);
            });
        return new DefaultReach(values, ports);
    }

    /** The interfaces of which nobody says anything else, and what they have instead of the value that is wanted. */
    private Map<String, String> others(SysctlWant want, SysctlFiles boot) {
        Map<String, String> out = new TreeMap<>(values);
        out.keySet().removeAll(want.declared());
        out.replaceAll((device, value) -> Objects.requireNonNullElse(want.reset(), value));
        out.values().removeIf(want.value()::equals);
        out.keySet().removeIf(device -> !boot.leaves(want.key(), want.value(), device));
        return out;
    }

    /** @throws Refused where an interface has another value and has to be declared by itself */
    List<Change> changes(SysctlWant want, SysctlFiles boot) {
        List<Change> out = new ArrayList<>();
        Map<String, String> others = others(want, boot);
        if (!follows(want.key())) {
            others.keySet().retainAll(ports);
            if (!others.isEmpty()) throw refusal(want, others);
            return out;
        }
        others.forEach(
                (device, value) -> out.add(Change.state(want.key().of(device).dotted(), value, want.value())));
        return out;
    }

    private static Refused refusal(SysctlWant want, Map<String, String> others) {
        List<String> have = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        others.forEach((device, value) -> {
            have.add(device + " (" + value + ")");
            lines.add("sysctl('" + want.key().of(device).dotted() + "', '" + value + "')");
        });
        return new Refused(want.key().dotted() + " = " + want.value() + " would reach " + String.join(", ", have)
                + " at the next boot or not, as the drivers are loaded, and is not set on interfaces that are there, since"
                + " the way to the host may depend on it; declare what each shall have, such as "
                + String.join(" and ", lines));
    }

    static List<Step> steps(SysctlWant want, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            String value = change.after();
            if (change.kind() != Change.Kind.STATE
                    || value == null
                    || !want.key().isDefault()) continue;
            SysctlKey key = SysctlKey.parse(change.subject());
            if (key.device().isPresent()) out.add(new Step.WriteValue(key.proc(), value));
        }
        return out;
    }

    /** The files that set it at boot, by path. */
    static Map<String, String> files(SysctlWant want) {
        SysctlKey key = want.key();
        Map<String, String> out = new TreeMap<>();
        String text = key.fileText(want.value(), want.why());
        if (!follows(key)) {
            out.put(key.file(), text);
            return out;
        }
        // Whoever sets the value for all in a file that comes later still does.
        out.put(key.exceptionFile(), OurFiles.MARK + "\n-" + key.of("all").dotted() + "\n");
        out.put(key.file(), text + SysctlKey.dotted(key.pattern()) + " = " + want.value() + "\n");
        return out;
    }

    /** What each interface had that got the value, in the words of a memory: {@code eth0=0}. */
    Set<String> found(SysctlWant want, SysctlFiles boot, List<String> before) {
        Set<String> out = new TreeSet<>(before);
        if (!follows(want.key())) return out;
        others(want, boot).forEach((device, value) -> {
            boolean known = before.stream().anyMatch(word -> word.startsWith(device + "="));
            if (!known && value.indexOf(' ') < 0) out.add(device + "=" + value);
        });
        return out;
    }
}
