package org.linkctl.check;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.linkctl.diag.Place;
import org.linkctl.model.Balance;
import org.linkctl.model.Bond;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Intent;
import org.linkctl.model.Nic;
import org.linkctl.model.Os;
import org.linkctl.model.Pair;
import org.linkctl.model.ProxyArp;
import org.linkctl.model.Publish;
import org.linkctl.model.Route;
import org.linkctl.model.StateSync;
import org.linkctl.model.Sysctl;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Vip;
import org.linkctl.net.Cidr;

/** What linkctl cannot make on a system yet: a host that it is declared for would seem to be as wanted without it. */
final class SystemChecks {
    private static final Pattern FREEBSD_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*");

    private final Refusals refusals;

    SystemChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Intent intent : fabric.intents()) {
            switch (intent) {
                case Bond bond -> bond(fabric, bond);
                case Tunnel tunnel ->
                    named(
                            fabric,
                            "a tunnel",
                            tunnel.name(),
                            tunnel.ends().stream().map(Tunnel.End::host).toList(),
                            tunnel.at());
                case Publish publish -> only(fabric, publish.on(), Os.FREEBSD, "what is published", publish.at());
                case Hub hub ->
                    named(
                            fabric,
                            "a hub",
                            hub.name(),
                            fabric.members(hub).stream().map(Host::name).toList(),
                            hub.at());
                case Firewall firewall -> only(fabric, firewall.on(), Os.FREEBSD, "firewalls", firewall.at());
                case Balance balance ->
                    only(fabric, balance.on(), Os.FREEBSD, "what is spread over next hops", balance.at());
                case Vip vip -> only(fabric, vip.pair(), Os.FREEBSD, "addresses of pairs", vip.at());
                case StateSync sync -> only(fabric, sync.pair(), Os.FREEBSD, "stateSync", sync.at());
                case ProxyArp proxy -> only(fabric, proxy.pair(), Os.FREEBSD, "proxyArp", proxy.at());
                case Nic nic -> {}
                case Sysctl sysctl -> {}
                case Route route -> families(fabric, route);
                case Pair pair -> {}
            }
        }
    }

    /** lagg(4): the name says what kind of interface it is; packets within packets are not looked into. */
    private void bond(Fabric fabric, Bond bond) {
        if (fabric.hostsOf(bond.host()).stream().noneMatch(host -> host.os() == Os.FREEBSD)) return;
        if (!bond.name().matches("lagg[0-9]{1,5}")) {
            String summary = "name: '" + Names.shown(bond.name()) + "' is no name for a bond on FREEBSD";
            refusals.conflict(bond.at(), "name", bond.name(), summary, "right would be lagg and a number: lagg0");
        }
        if (bond.hash() == Bond.XmitHash.ENCAP2_3 || bond.hash() == Bond.XmitHash.ENCAP3_4) {
            String summary = "hash: a bond on FREEBSD has no " + bond.hash();
            refusals.conflict(bond.at(), "hash", bond.hash().name(), summary, "it has LAYER2, LAYER2_3 and LAYER3_4");
        }
    }

    /** route(8) takes no other names (link_addr(3)), and rc.subr(8) makes variables of them. */
    private void named(Fabric fabric, String what, String name, List<String> hosts, Place at) {
        if (FREEBSD_NAME.matcher(name).matches()) return;
        for (String host : hosts) {
            if (!isFreebsd(fabric, host)) continue;
            refusals.conflict(
                    at,
                    "",
                    name,
                    "on FreeBSD the name of " + what + " is letters and digits, a letter first: '" + Names.shown(name)
                            + "' is not",
                    Names.shown(host) + " is a " + Os.FREEBSD + " host");
            return;
        }
    }

    private static boolean isFreebsd(Fabric fabric, String name) {
        return fabric.host(name).filter(host -> host.os() == Os.FREEBSD).isPresent();
    }

    /** Its kernel takes several ways to a prefix by gateways of the prefix's family, not by interfaces (wg(4)). */
    private void families(Fabric fabric, Route route) {
        for (String name : route.via()) {
            Optional<Tunnel> via = fabric.tunnels().stream()
                    .filter(tunnel -> tunnel.name().equals(name))
                    .findFirst();
            if (via.isEmpty() || via.get().ends().size() != 2) continue; // said by others
            for (Tunnel.End end : via.get().ends()) {
                Host host = fabric.host(end.host()).orElse(null);
                if (host == null || host.os() != Os.FREEBSD || !route.joins(host.site())) continue;
                for (Cidr lan : fabric.farLans(route, host)) {
                    boolean there = end.addresses().stream().anyMatch(one -> one.isV6() == lan.isV6());
                    if (!there) lacking(route, via.get(), host, lan);
                }
            }
        }
    }

    private void lacking(Route route, Tunnel tunnel, Host host, Cidr lan) {
        String family = lan.isV6() ? "IPv6" : "IPv4";
        refusals.conflict(
                route.at(),
                "",
                "",
                "a route to " + lan + " on FreeBSD needs " + family + " addresses on " + Names.shown(tunnel.name())
                        + " (" + tunnel.at() + ")",
                Names.shown(host.name()) + " is a " + Os.FREEBSD + " host (" + host.at() + ")");
    }

    private void only(Fabric fabric, String on, Os made, String what, Place at) {
        List<Host> hosts =
                fabric.hostsOf(on).stream().filter(host -> host.os() != made).toList();
        if (hosts.isEmpty()) return;
        Host first = hosts.getFirst();
        refusals.conflict(
                at,
                "",
                "",
                "linkctl makes " + what + " on " + made + " hosts only, for now",
                Names.shown(first.name()) + " is a " + first.os() + " host (" + first.at() + ")");
    }
}
