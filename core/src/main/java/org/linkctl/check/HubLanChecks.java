package org.linkctl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Hub;
import org.linkctl.model.HubLans;
import org.linkctl.model.Site;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.net.Prefixes;

/** LANs behind spokes and peers of a hub that are in each other's way, or in that of sites and tunnels. */
final class HubLanChecks {
    /**
     * A LAN.
     *
     * @param end the spoke or peer that it is behind
     * @param addresses of the end in the hub's net
     * @param site of the spoke; null: it is a peer, or of no site
     * @param said its prefix as it is written; empty where {@code lan: true} stands for it
     */
    private record Behind(
            Hub hub,
            String end,
            Cidr lan,
            List<Cidr> addresses,
            @Nullable Site site,
            String said,
            Place at) {
        boolean isOfSite() {
            return site != null && site.lan().stream().anyMatch(own -> own.contains(lan));
        }

        String shown() {
            return "the LAN " + lan + " behind " + Names.shown(end) + " of hub '" + Names.shown(hub.name()) + "'";
        }
    }

    /** What else has a prefix of its own. */
    private record Net(Cidr prefix, String what, Place at) {}

    private final Refusals refusals;

    HubLanChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        List<Behind> all = new ArrayList<>();
        for (Hub hub : fabric.hubs()) {
            for (Hub.Spoke spoke : hub.spokes()) spoke(fabric, hub, spoke, all);
            for (Hub.Peer peer : hub.peers()) {
                for (Cidr lan : peer.lan())
                    if (lan.length() > 0)
                        all.add(new Behind(hub, peer.name(), lan, peer.addresses(), null, "" + lan, peer.at()));
            }
        }
        if (all.isEmpty()) return;
        Prefixes<Net> nets = nets(fabric);
        Prefixes<Behind> before = new Prefixes<>();
        for (Behind one : all) {
            families(one);
            ownSite(fabric, one);
            if (!one.isOfSite()) nets(one, nets);
            for (Behind first : before.overlapping(one.lan())) overlap(first, one);
            before.add(one.lan(), one);
        }
        for (Hub hub : fabric.hubs()) endpoints(fabric, hub);
    }

    private void spoke(Fabric fabric, Hub hub, Hub.Spoke spoke, List<Behind> all) {
        Site site = fabric.host(spoke.host())
                .filter(host -> fabric.hasSite(host.site()))
                .map(fabric::siteOf)
                .orElse(null);
        if (site == null) return; // said by others
        if (spoke.siteLan() && site.lan().isEmpty()) {
            refuse(
                    spoke.at(),
                    "lan",
                    "",
                    "lan: true, and site '" + Names.shown(site.name()) + "' of " + Names.shown(spoke.host())
                            + " has none",
                    "give the site its lan: at " + site.at() + ", or name the prefixes here: lan: '10.2.0.0/16'");
        }
        for (Cidr lan : HubLans.lan(fabric, spoke)) {
            String said = spoke.siteLan() ? "" : lan.toString();
            Behind one = new Behind(hub, spoke.host(), lan, spoke.addresses(), site, said, spoke.at());
            if (site.lan().isEmpty() || one.isOfSite()) {
                all.add(one);
                continue;
            }
            refuse(
                    spoke.at(),
                    "lan",
                    said,
                    "lan: '" + lan + "' is not in the LAN of site '" + Names.shown(site.name()) + "', where "
                            + Names.shown(spoke.host()) + " is",
                    "the site has " + joined(site.lan()) + " at " + site.at()
                            + ": lan: true is all of it, a prefix in it is a part; or give the site this one, too");
        }
    }

    /** A route needs somebody to pass its packets on who has an address of its family. */
    private void families(Behind one) {
        boolean v6 = one.lan().isV6();
        Hub hub = one.hub();
        boolean called = hub.addresses().stream().anyMatch(own -> own.isV6() == v6);
        boolean calling = one.addresses().stream().anyMatch(own -> own.isV6() == v6);
        if (called && calling) return;
        String family = v6 ? "IPv6" : "IPv4";
        String without = called ? Names.shown(one.end()) : "hub '" + Names.shown(hub.name()) + "'";
        refuse(
                one.at(),
                "lan",
                one.said(),
                one.shown() + " is " + family + ", and " + without + " has no address of it",
                "give both ends one in address: (the hub is at " + hub.at() + "), or name the LANs of the other family"
                        + " alone");
    }

    private void ownSite(Fabric fabric, Behind one) {
        for (Cidr own : HubLans.siteOf(fabric, one.hub())) {
            boolean here = own.overlaps(one.lan()) && one.isOfSite();
            if (!here) continue;
            refuse(
                    one.at(),
                    "lan",
                    one.said(),
                    one.shown() + " is that of the hub's own site",
                    Names.shown(one.hub().on()) + " is there itself, and needs no way to it over the hub");
            return;
        }
    }

    private static Prefixes<Net> nets(Fabric fabric) {
        Prefixes<Net> out = new Prefixes<>();
        for (Site site : fabric.sites()) {
            for (Cidr lan : site.lan())
                out.add(lan, new Net(lan, "the LAN " + lan + " of site " + Names.shown(site.name()), site.at()));
        }
        for (Tunnel tunnel : fabric.tunnels()) {
            tunnel.ends().stream()
                    .flatMap(end -> end.addresses().stream())
                    .map(Cidr::network)
                    .distinct()
                    .forEach(net -> out.add(
                            net,
                            new Net(
                                    net,
                                    "the transit net " + net + " of tunnel " + Names.shown(tunnel.name()),
                                    tunnel.at())));
        }
        for (Hub hub : fabric.hubs()) {
            for (Cidr net : hub.networks())
                out.add(net, new Net(net, "the net " + net + " of hub " + Names.shown(hub.name()), hub.at()));
        }
        return out;
    }

    private void nets(Behind one, Prefixes<Net> nets) {
        for (Net net : nets.overlapping(one.lan())) {
            String summary = one.shown() + " overlaps " + net.what();
            refuse(one.at(), "lan", one.said(), summary, net.prefix() + " is declared at " + net.at());
        }
    }

    /** One LAN may be reached over two hubs; of one hub an address is behind one peer alone (wg(8), allowed-ips). */
    private void overlap(Behind first, Behind second) {
        boolean same = first.hub().equals(second.hub());
        boolean together = first.end().equals(second.end())
                || (first.site() != null
                        && second.site() != null
                        && first.site().equals(second.site()));
        if (!same && together) return;
        refuse(
                second.at(),
                "lan",
                second.said(),
                second.shown() + " overlaps " + first.shown(),
                "declared at " + first.at() + "; an address is behind one of them");
    }

    /** Who sends a LAN's packets over the hub would send the encrypted ones there, too. */
    private void endpoints(Fabric fabric, Hub hub) {
        Ip.parse(hub.endpoint()).ifPresent(called -> called(fabric, hub, called));
        for (Hub.Peer peer : hub.peers()) {
            Optional<Ip> there = Optional.ofNullable(peer.endpoint()).flatMap(one -> Ip.parse(one.host()));
            Stream<Cidr> behind = Stream.concat(
                    hub.peers().stream().flatMap(one -> one.lan().stream()),
                    hub.spokes().stream().flatMap(one -> HubLans.lan(fabric, one).stream()));
            there.ifPresent(address -> inside(peer.at(), address, behind, hub.on(), hub));
        }
    }

    private void called(Fabric fabric, Hub hub, Ip called) {
        for (Hub.Spoke spoke : hub.spokes()) {
            Stream<Cidr> far = fabric.host(spoke.host()).stream()
                    .flatMap(host -> HubLans.all(fabric, host).stream())
                    .filter(one -> one.hub().equals(hub))
                    .flatMap(one -> one.farLans().stream());
            if (inside(hub.at(), called, far, spoke.host(), hub)) return;
        }
        for (Hub.Peer peer : hub.peers()) {
            Stream<Cidr> far = HubLans.beyond(fabric, hub, peer).stream();
            if (inside(hub.at(), called, far, peer.name(), hub)) return;
        }
    }

    private boolean inside(Place at, Ip endpoint, Stream<Cidr> lans, String sender, Hub hub) {
        Optional<Cidr> lan = lans.filter(one -> one.contains(endpoint)).findFirst();
        lan.ifPresent(one -> refuse(
                at,
                "endpoint",
                endpoint.toString(),
                "endpoint: '" + endpoint + "' lies in the LAN " + one + ", which is reached over this very hub",
                Names.shown(sender) + " would send the encrypted packets into hub '" + Names.shown(hub.name())
                        + "' itself; an endpoint is an address outside of the LANs, or a name for one"));
        return lan.isPresent();
    }

    private static String joined(List<Cidr> prefixes) {
        return String.join(", ", prefixes.stream().map(Cidr::toString).toList());
    }

    private void refuse(Place at, String attribute, String value, String summary, String detail) {
        refusals.conflict(at, attribute, value, summary, detail);
    }
}
