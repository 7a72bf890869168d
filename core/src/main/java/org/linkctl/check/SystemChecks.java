package org.linkctl.check;

import java.util.List;
import org.linkctl.diag.Place;
import org.linkctl.model.Balance;
import org.linkctl.model.Bond;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Intent;
import org.linkctl.model.Nic;
import org.linkctl.model.Os;
import org.linkctl.model.Pair;
import org.linkctl.model.ProxyArp;
import org.linkctl.model.Route;
import org.linkctl.model.StateSync;
import org.linkctl.model.Sysctl;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Vip;

/** What linkctl cannot make on a system yet: a host that it is declared for would seem to be as wanted without it. */
final class SystemChecks {
    private final Refusals refusals;

    SystemChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Intent intent : fabric.intents()) {
            switch (intent) {
                case Bond bond -> bond(fabric, bond);
                case Tunnel tunnel ->
                    tunnel.ends().forEach(end -> only(fabric, end.host(), Os.LINUX, "tunnels", end.at()));
                case Firewall firewall -> only(fabric, firewall.on(), Os.FREEBSD, "firewalls", firewall.at());
                case Balance balance ->
                    only(fabric, balance.on(), Os.FREEBSD, "what is spread over next hops", balance.at());
                case Vip vip -> only(fabric, vip.pair(), Os.FREEBSD, "addresses of pairs", vip.at());
                case StateSync sync -> only(fabric, sync.pair(), Os.FREEBSD, "stateSync", sync.at());
                case ProxyArp proxy -> only(fabric, proxy.pair(), Os.FREEBSD, "proxyArp", proxy.at());
                case Nic nic -> {}
                case Sysctl sysctl -> {}
                case Route route -> gateways(fabric, route);
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

    private void gateways(Fabric fabric, Route route) {
        for (Host host : fabric.hosts()) {
            if (host.gateway() == null || host.os() == Os.LINUX || !route.joins(host.site())) continue;
            String summary = "linkctl makes routes by a gateway on LINUX hosts alone yet";
            refusals.conflict(
                    host.at(), "gateway", "", summary, Names.shown(host.name()) + " is a " + host.os() + " host");
        }
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
                "linkctl makes " + what + " on " + made + " hosts alone yet",
                Names.shown(first.name()) + " is a " + first.os() + " host (" + first.at() + ")");
    }
}
