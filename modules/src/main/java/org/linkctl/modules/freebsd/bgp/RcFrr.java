package org.linkctl.modules.freebsd.bgp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.modules.freebsd.rc.RcConf;
import org.linkctl.modules.frr.FrrSwitch;
import org.linkctl.modules.frr.FrrWait;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;

/** The variables of the service (net/frr10, files/frr.in). Where {@code frr_daemons} is not set, it starts all daemons. */
record RcFrr(RcConf rc) implements FrrSwitch {
    private static final String ENABLE = "frr_enable";
    private static final String DAEMONS = "frr_daemons";
    static final List<String> NAMES = List.of(ENABLE, DAEMONS);

    private static final String FOUND_OFF = "found-off";
    private static final String FOUND_ENABLE = "found-enable";

    /** rc.subr(8), checkyesno. */
    private boolean isEnabled() {
        String value = rc.get(ENABLE);
        return value != null && value.matches("(?i)yes|true|on|1");
    }

    private Set<String> off(Set<String> daemons) {
        String set = rc.get(DAEMONS);
        if (set == null || set.isBlank()) return Set.of();
        Set<String> out = new TreeSet<>(daemons);
        Arrays.asList(set.strip().split("\\s+")).forEach(out::remove);
        return out;
    }

    @Override
    public List<Change> on(Set<String> daemons) {
        Map<String, String> wanted = new LinkedHashMap<>();
        if (!isEnabled()) wanted.put(ENABLE, "YES");
        Set<String> off = off(daemons);
        if (!off.isEmpty()) wanted.put(DAEMONS, rc.get(DAEMONS) + " " + String.join(" ", off));
        return rc.diff(wanted);
    }

    @Override
    public List<Change> off(Memory found, Set<String> unused) {
        List<Change> out = new ArrayList<>();
        String set = rc.get(DAEMONS);
        Set<String> going = new TreeSet<>(switchedOn(found));
        going.retainAll(unused);
        if (set != null && !going.isEmpty()) {
            Set<String> left = new LinkedHashSet<>(Arrays.asList(set.strip().split("\\s+")));
            if (left.removeAll(going)) out.add(Change.state(RcConf.subject(DAEMONS), set, String.join(" ", left)));
        }
        String before = found.value(FOUND_ENABLE).orElse("");
        if (!before.isEmpty() && isEnabled() && unused.contains("bgpd")) {
            String value = rc.get(ENABLE);
            out.add(Change.state(RcConf.subject(ENABLE), value, before.equals("unset") ? null : before));
        }
        return out;
    }

    @Override
    public Memory found(Memory memory, Set<String> daemons) {
        String enable = rc.get(ENABLE);
        return memory.with(FOUND_OFF, off(daemons))
                .with(FOUND_ENABLE, isEnabled() ? null : enable == null ? "unset" : enable);
    }

    @Override
    public Set<String> switchedOn(Memory found) {
        return Set.copyOf(found.words(FOUND_OFF));
    }

    @Override
    public List<Step> steps(List<Change> changes) {
        return changes.stream().filter(RcConf::isOurs).map(RcConf::step).toList();
    }

    @Override
    public List<Step> start(boolean running, Set<String> daemons, boolean idle) {
        List<Step> out = new ArrayList<>();
        if (!running) out.add(Step.run(Argv.of("service", "frr", "start"), Argv.of("service", "frr", "stop")));
        else if (idle) out.add(restart());
        else {
            for (String daemon : daemons) {
                Argv stop = Argv.of("service", "frr", "stop", daemon);
                out.add(Step.run(Argv.of("service", "frr", "start", daemon), stop));
            }
        }
        out.add(FrrWait.step(BgpOnFreebsd.VTYSH, daemons));
        return out;
    }

    @Override
    public Step restart() {
        Argv restart = Argv.of("service", "frr", "restart");
        return Step.run(restart, restart);
    }
}
