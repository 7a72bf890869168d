package org.linkctl.modules.freebsd.pfrules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.KeptSources;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * What a spoke is asked over its hub by whoever calls. WireGuard takes all from the hub then, so that pf has to stop what it
 * stopped before: what comes from elsewhere and is not published. Where answers go is said by {@link PfReplies}.
 */
final class PfKept {
    private static final int LAST_PORT = 0xffff;

    private PfKept() {}

    /** What passes, among rules that stop what nothing allows. */
    static List<String> pass(Fabric fabric, Host host) {
        List<String> out = new ArrayList<>();
        for (KeptSources kept : KeptSources.of(fabric, host)) {
            for (Firewall.Proto proto : List.of(Firewall.Proto.TCP, Firewall.Proto.UDP)) {
                List<Firewall.Ports> ports = kept.ports(proto);
                if (ports.isEmpty()) continue;
                out.add("pass in" + on(kept) + PfRule.proto(proto) + " from any to "
                        + kept.address().text() + PfRule.ports(ports) + " # published over hub "
                        + kept.hub().name());
            }
        }
        return out;
    }

    /** What is stopped, whatever else passes. What the inventory redirects there is as good as published. */
    static List<String> block(Fabric fabric, Host host, PfTables tables) {
        List<String> out = new ArrayList<>();
        for (KeptSources kept : KeptSources.of(fabric, host)) {
            String start = "block in quick" + on(kept);
            String from = " from ! " + tables.of(kept.from()) + " to ";
            List<Cidr> own = Stream.concat(Stream.of(kept.address()), redirected(fabric, host, kept))
                    .map(Cidr::host)
                    .toList();
            out.add(start + from + "! " + tables.of(own));
            for (Firewall.Proto proto : List.of(Firewall.Proto.TCP, Firewall.Proto.UDP)) {
                out.add(start + " proto " + proto.name().toLowerCase(Locale.ROOT) + from
                        + kept.address().text() + others(kept.ports(proto)));
            }
        }
        return out;
    }

    private static String on(KeptSources kept) {
        return PfRule.on(kept.hub().name()) + PfRule.family(kept.v6());
    }

    private static Stream<Ip> redirected(Fabric fabric, Host host, KeptSources kept) {
        return fabric.one(Firewall.class, host).stream()
                .flatMap(firewall -> firewall.redirects().stream())
                .filter(redirect -> redirect.inbound().equals(kept.hub().name()))
                .map(Firewall.Redirect::to)
                .filter(to -> to.isV6() == kept.v6() && !to.equals(kept.address()));
    }

    /** All ports but these, which are in ascending order. */
    private static String others(List<Firewall.Ports> ports) {
        List<Firewall.Ports> out = new ArrayList<>();
        int next = 0;
        for (Firewall.Ports one : ports) {
            if (next < one.from()) out.add(new Firewall.Ports(next, one.from() - 1));
            next = one.to() + 1;
        }
        if (next > 0 && next <= LAST_PORT) out.add(new Firewall.Ports(next, LAST_PORT));
        return PfRule.ports(out);
    }
}
