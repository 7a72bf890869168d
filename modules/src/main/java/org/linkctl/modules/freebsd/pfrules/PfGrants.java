package org.linkctl.modules.freebsd.pfrules;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.model.Fabric;
import org.linkctl.model.Grants;
import org.linkctl.model.Host;

/** Rules for what tunnels, hubs and routes of a host need: no rule of the inventory has to say it again. */
final class PfGrants {
    private PfGrants() {}

    /** What comes in, for rules that let everything out. */
    static List<String> inbound(Fabric fabric, Host host, PfTables tables) {
        List<String> out = new ArrayList<>(ports(fabric, host));
        for (Grants.Through one : Grants.through(fabric, host))
            out.add(through("in", one, tables.of(one.from()), tables.of(one.to())));
        return out;
    }

    /** UDP ports of the host itself. */
    static List<String> ports(Fabric fabric, Host host) {
        return Grants.ports(fabric, host).stream()
                .filter(Grants.Port::called)
                .map(port -> "pass in proto udp from any to (self)" + PfRule.port(port.ports()) + " # " + port.why())
                .toList();
    }

    /** What comes in and what goes out, for rules among which somebody else may stop both. */
    static List<String> bothWays(Fabric fabric, Host host, PfTables tables) {
        List<String> out = new ArrayList<>();
        for (Grants.Port port : Grants.ports(fabric, host)) {
            String range = PfRule.port(port.ports());
            if (port.called()) out.add("pass in proto udp from any to (self)" + range + " # " + port.why());
            out.add("pass out proto udp from (self)" + range + " to any # " + port.why());
        }
        for (Grants.Through one : Grants.through(fabric, host)) {
            String from = tables.of(one.from());
            String to = tables.of(one.to());
            out.add(through("in", one, from, to));
            out.add(through("out", one, to, from));
        }
        return out;
    }

    private static String through(String direction, Grants.Through one, String from, String to) {
        return "pass " + direction + PfRule.on(one.device()) + PfRule.family(one.v6()) + " from " + from + " to " + to
                + " # " + one.why();
    }
}
