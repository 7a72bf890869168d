package org.linkctl.modules.freebsd.pfrules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.HubLans;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;

/**
 * Forwarded TCP agrees on segments that fit through the tunnels (pf.conf(5), scrub and max-mss): in both directions, as
 * a SYN is looked at on its way in and on its way out. The kernel looks for such rules in the main ruleset alone.
 */
final class PfSegments {
    /** Headers without options: IPv4 (RFC 791) or IPv6 (RFC 8200), and TCP (RFC 9293), in bytes. */
    private static final int HEADERS = 20 + 20;

    private static final int HEADERS_V6 = 40 + 20;

    private PfSegments() {}

    /** One for each tunnel or hub and address family that the host passes packets of its site on through. */
    static List<String> rules(Fabric fabric, Host host) {
        Set<String> out = new LinkedHashSet<>();
        for (boolean v6 : new boolean[] {false, true}) {
            for (Route route : fabric.routes(host)) {
                List<Cidr> lans = fabric.farLans(route, host);
                if (lans.stream().noneMatch(lan -> lan.isV6() == v6)) continue;
                for (Tunnel tunnel : fabric.tunnels(route, host))
                    out.add(rule(tunnel.name(), tunnel.effectiveMtu(), v6));
            }
            for (HubLans lans : HubLans.all(fabric, host)) {
                Hub hub = lans.hub();
                boolean passed = Stream.concat(lans.near().stream(), lans.farLans().stream())
                        .anyMatch(lan -> lan.isV6() == v6);
                if (passed) out.add(rule(hub.name(), hub.effectiveMtu(), v6));
            }
        }
        return new ArrayList<>(out);
    }

    private static String rule(String device, int mtu, boolean v6) {
        return "scrub on " + PfWords.name(device) + (v6 ? " inet6" : " inet") + " proto tcp all max-mss "
                + (mtu - (v6 ? HEADERS_V6 : HEADERS));
    }
}
