package org.linkctl.modules.freebsd.pfrules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.StateSync;
import org.linkctl.net.Ip;

/**
 * Whether a connection that pfsync(4) hands over keeps its next hop. Up to FreeBSD 13 a message has the next hop's address
 * alone. The host that gets it takes the rest from its rule of the same number: if that is in the main ruleset, and the
 * checksums of the filter rules of both hosts are equal (if_pfsync.c, pfsync_state_import; pf_ioctl.c,
 * pf_setup_pfsync_matching); else packets go by the routing table. The interface is that of the next hop whose turn it is
 * (pf.c, pf_route). Next hops and the contents of tables are no part of the checksum. From 14 on a message has the
 * interface, too (pfvar.h, struct pfsync_state_1400), and the rule does not matter.
 */
public final class PfHandover {
    /** The first release whose messages say by which interface a connection goes. */
    public static final int CARRIED = 14;

    private PfHandover() {}

    /** Why connections would lose their next hop on releases before that; empty: they would not. */
    public static Optional<String> lost(Fabric fabric, Host host) {
        if (fabric.of(Balance.class, host).isEmpty()) return Optional.empty();
        return fabric.one(StateSync.class, host)
                .flatMap(sync -> anchored(fabric, sync)
                        .or(() -> scattered(fabric, host))
                        .or(() -> unlike(fabric, fabric.hostsOf(sync.pair()))));
    }

    /** Hosts that hand connections over to each other have the same rules, since pfsync(4) compares them. */
    static List<Host> alike(Fabric fabric, Host host) {
        return fabric.one(StateSync.class, host)
                .map(sync -> fabric.hostsOf(sync.pair()))
                .orElse(List.of(host));
    }

    private static Optional<String> anchored(Fabric fabric, StateSync sync) {
        boolean anchored =
                fabric.hostsOf(sync.pair()).stream().anyMatch(host -> fabric.ruleset(host) == Firewall.Ruleset.ANCHOR);
        return anchored ? Optional.of("its rule is in an anchor (ruleset: ANCHOR)") : Optional.empty();
    }

    private static Optional<String> scattered(Fabric fabric, Host host) {
        for (Balance balance : fabric.of(Balance.class, host)) {
            for (boolean v6 : new boolean[] {false, true}) {
                List<String> devices = balance.over().stream()
                        .filter(hop -> hop.isV6() == v6)
                        .map((Ip hop) -> fabric.deviceTowards(host, hop))
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList();
                if (devices.size() > 1) {
                    return Optional.of("the next hops of balance '" + balance.name() + "' are on "
                            + String.join(" and ", devices));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> unlike(Fabric fabric, List<Host> hosts) {
        if (hosts.size() != 2) return Optional.empty();
        List<String> one = PfRules.filter(fabric, hosts.getFirst());
        List<String> other = PfRules.filter(fabric, hosts.getLast());
        if (one.equals(other)) return Optional.empty();
        return Optional.of("the rules of the two hosts differ: "
                + Stream.of(only(hosts.getFirst(), one, other), only(hosts.getLast(), other, one))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(", ")));
    }

    private static Optional<String> only(Host host, List<String> rules, List<String> others) {
        return rules.stream()
                .filter(rule -> !others.contains(rule))
                .findFirst()
                .map(rule -> host.name() + " has '" + rule + "'");
    }
}
