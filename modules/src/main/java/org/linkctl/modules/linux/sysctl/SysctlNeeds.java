package org.linkctl.modules.linux.sysctl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.HubLans;
import org.linkctl.model.KeptSources;
import org.linkctl.model.Link;
import org.linkctl.model.Overlap;
import org.linkctl.model.ProxyArp;
import org.linkctl.model.Publish;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.modules.linux.parameters.SysctlKey;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** The kernel parameters that follow from what a host is for. */
final class SysctlNeeds {
    /** @param why for the reader of the file */
    record Need(SysctlKey key, String value, String why) {}

    private SysctlNeeds() {}

    /** Forwarding comes first: the kernel resets others when it is turned (kernel: ip-sysctl.rst, ip_forward). */
    static List<Need> of(Fabric fabric, Host host) {
        List<Need> out = new ArrayList<>();
        List<Route> routes = fabric.routes(host);
        boolean v4 = carries(fabric, host, false);
        boolean v6 = carries(fabric, host, true);
        String forwards = "This host carries other hosts' traffic between sites.";
        String translates = "This host passes on what it translates the addresses of.";
        if (v4 || translates(fabric, host, false)) {
            out.add(need("net/ipv4/ip_forward", "1", v4 ? forwards : translates));
        } else if (!fabric.of(ProxyArp.class, host).isEmpty()) {
            // arp_process in net/ipv4/arp.c: who does not forward answers for nobody else.
            out.add(need("net/ipv4/ip_forward", "1", "This host answers for addresses of others."));
        }
        if (v6 || translates(fabric, host, true)) {
            out.add(need("net/ipv6/conf/all/forwarding", "1", v6 ? forwards : translates));
        }
        int policy = routes.stream()
                .filter(route -> fabric.tunnels(route, host).size() > 1)
                .mapToInt(route -> route.hash().policy())
                .max()
                .orElse(-1);
        if (policy >= 0) {
            String spreads = policy == 0
                    ? "What a flow is: source and destination address."
                    : "What a flow is: addresses, protocol and ports.";
            if (v4) out.add(need("net/ipv4/fib_multipath_hash_policy", "" + policy, spreads));
            if (v6) out.add(need("net/ipv6/fib_multipath_hash_policy", "" + policy, spreads));
        }
        TreeSet<String> loose = new TreeSet<>();
        if (v4) {
            TreeSet<String> tunnels = new TreeSet<>();
            routes.forEach(route ->
                    fabric.tunnels(route, host).stream().map(Tunnel::name).forEach(tunnels::add));
            for (String tunnel : tunnels)
                out.add(anyWayBack(tunnel, "Answers may come by another tunnel than the one that was asked through."));
            for (String device : nextHops(fabric, host)) {
                if (!tunnels.contains(device))
                    out.add(anyWayBack(device, "Answers of next hops come from where no route of this host leads."));
                loose.add(device);
            }
            loose.addAll(tunnels);
        }
        for (String device : uplinks(fabric, host)) {
            if (!loose.contains(device))
                out.add(anyWayBack(device, "Those who ask by it are where another way leads."));
        }
        for (KeptSources kept : KeptSources.of(fabric, host)) {
            if (!kept.v6())
                out.add(anyWayBack(kept.hub().name(), "Those who ask over the hub are where another way leads."));
        }
        return out;
    }

    /** "Loose" (RFC 3704; kernel: ip-sysctl.rst, rp_filter). */
    private static Need anyWayBack(String device, String why) {
        return need("net/ipv4/conf/" + device + "/rp_filter", "2", why);
    }

    /** The interfaces of IPv4 next hops that connections are spread over. */
    private static Set<String> nextHops(Fabric fabric, Host host) {
        Set<String> out = new TreeSet<>();
        for (Balance balance : fabric.of(Balance.class, host)) {
            for (Ip hop : balance.over()) {
                if (!hop.isV6()) fabric.deviceTowards(host, hop).ifPresent(out::add);
            }
        }
        return out;
    }

    /** The interfaces whose IPv4 answers go through a neighbour of theirs: the kernel looks for a way back before a mark tells. */
    private static Set<String> uplinks(Fabric fabric, Host host) {
        Set<String> out = new TreeSet<>();
        for (Link link : fabric.links(host)) {
            if (link.replyTo().stream().anyMatch(gateway -> !gateway.isV6())) out.add(link.name());
        }
        return out;
    }

    private static boolean carries(Fabric fabric, Host host, boolean v6) {
        return forwards(fabric, host, v6)
                || fabric.of(Publish.class, host).stream()
                        .flatMap(publish -> publish.addresses().stream())
                        .anyMatch(address -> address.isV6() == v6)
                || fabric.of(Balance.class, host).stream().anyMatch(balance -> Overlap.isFor(balance, v6));
    }

    /** Over tunnels and hubs, or to the LAN behind a spoke. */
    private static boolean forwards(Fabric fabric, Host host, boolean v6) {
        Stream<Cidr> behind = HubLans.all(fabric, host).stream().flatMap(one -> one.near().stream());
        return Stream.concat(fabric.farLans(host).stream(), behind).anyMatch(lan -> lan.isV6() == v6);
    }

    /** What has its addresses translated here comes from others, or goes to them. */
    private static boolean translates(Fabric fabric, Host host, boolean v6) {
        Firewall firewall = fabric.one(Firewall.class, host).orElse(null);
        if (firewall == null) return false;
        boolean nat = firewall.nats().stream()
                .flatMap(one -> one.from().stream())
                .map(Cidr::isV6)
                .anyMatch(family -> family == v6);
        return nat
                || firewall.redirects().stream()
                        .map(Firewall.Redirect::to)
                        .filter(to -> fabric.holder(host, to).isEmpty())
                        .anyMatch(to -> to.isV6() == v6);
    }

    private static Need need(String path, String value, String why) {
        return new Need(new SysctlKey(path), value, why);
    }
}
