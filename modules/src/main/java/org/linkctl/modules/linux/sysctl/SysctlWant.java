package org.linkctl.modules.linux.sysctl;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Host;
import org.linkctl.model.Sysctl;
import org.linkctl.modules.linux.order.Provided;
import org.linkctl.modules.linux.parameters.SysctlKey;
import org.linkctl.spi.Scope;

/**
 * One parameter.
 *
 * @param why it is needed; empty where the inventory names it
 * @param needed the value that would be needed, where the inventory insists on another; null: no such conflict
 * @param declared of a default: interfaces that have a value of their own
 * @param reset of a default: what another parameter gives the interfaces that are there; null: none does
 */
record SysctlWant(
        SysctlKey key,
        String value,
        String why,
        @Nullable String needed,
        Set<String> declared,
        @Nullable String reset) implements SysctlModule.Wanted {
    private static final SysctlKey FORWARD6 = new SysctlKey("net/ipv6/conf/all/forwarding");
    private static final SysctlKey CONGESTION = new SysctlKey("net/ipv4/tcp_congestion_control");
    static final SysctlKey QDISC = new SysctlKey("net/core/default_qdisc");

    /** What every kernel has built in, so that there is no module to load. */
    private static final Set<String> BUILT_IN = Set.of("tcp_reno", "tcp_cubic", "sch_pfifo_fast");

    SysctlWant(SysctlKey key, String value, String why, @Nullable String needed) {
        this(key, value, why, needed, Set.of(), null);
    }

    /** All parameters of a host: what its other declarations need, and what the inventory asks for by name. */
    static List<SysctlWant> all(Scope scope) {
        Host host = scope.host();
        Map<SysctlKey, SysctlWant> out = new LinkedHashMap<>();
        for (SysctlNeeds.Need need : SysctlNeeds.of(scope.fabric(), host)) {
            out.put(need.key(), new SysctlWant(need.key(), need.value(), need.why(), null));
        }
        for (SysctlNeeds.Need need : FirezoneNeeds.of(scope.fabric(), host)) {
            out.putIfAbsent(need.key(), new SysctlWant(need.key(), need.value(), need.why(), null));
        }
        for (Sysctl asked : scope.fabric().of(Sysctl.class, host)) {
            SysctlKey key = SysctlKey.parse(asked.key());
            String value = SysctlModule.normal(asked.value());
            if (key.equals(CONGESTION) && value.equals("bbr")) {
                out.putIfAbsent(QDISC, new SysctlWant(QDISC, "fq", "It paces what bbr sends.", null));
            }
            SysctlWant need = out.get(key);
            String needed =
                    need == null || need.value().equals(value) || FirezoneNeeds.isAdvice(key) ? null : need.value();
            out.put(key, new SysctlWant(key, value, "", needed));
        }
        return out.values().stream()
                .sorted(Comparator.comparingInt(want -> want.key().rank()))
                .map(want -> want.beside(out.values()))
                .toList();
    }

    SysctlWant beside(Collection<SysctlWant> all) {
        if (!key.isDefault()) return this;
        Set<String> declared = new TreeSet<>();
        String reset = null;
        for (SysctlWant other : all) {
            other.key()
                    .device()
                    .filter(device -> other.key().equals(key.of(device)))
                    .ifPresent(declared::add);
            if (key.isResetBy(other.key())) reset = other.value();
        }
        return new SysctlWant(key, value, why, needed, Set.copyOf(declared), reset);
    }

    @Override
    public String id() {
        return "linux.sysctl[" + key.dotted() + "]";
    }

    @Override
    public Set<String> provides() {
        if (key.equals(QDISC) || key.isDefault()) return Set.of(Provided.QUEUEING);
        return isForwarding() ? Set.of("forwarding") : FirezoneNeeds.provides(key);
    }

    @Override
    public Set<String> needs() {
        Set<String> out = new LinkedHashSet<>();
        if (!isForwarding()) out.add("forwarding");
        key.device().ifPresent(device -> out.addAll(List.of("interface:" + device, "tunnel:" + device)));
        return out;
    }

    private boolean isForwarding() {
        return key.rank() == 0;
    }

    /** Turning IPv6 forwarding on makes an interface deaf for routers, unless accept_ra is 2 (ip-sysctl.rst). */
    boolean makesDeaf() {
        return key.equals(FORWARD6) && value.equals("1");
    }

    /** The kernel module that the value stands for; null: none. */
    @Nullable
    String module() {
        String name = key.equals(CONGESTION) ? "tcp_" + value : key.equals(QDISC) ? "sch_" + value : null;
        return BUILT_IN.contains(name == null ? "tcp_reno" : name) ? null : name;
    }
}
