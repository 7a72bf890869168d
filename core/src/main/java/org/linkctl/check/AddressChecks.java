package org.linkctl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Intent;
import org.linkctl.model.Link;
import org.linkctl.model.Site;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Vip;
import org.linkctl.net.Cidr;
import org.linkctl.net.Prefixes;

/** Prefixes that overlap and addresses that two have: a packet would not know where to go. */
final class AddressChecks {
    /** A prefix that has to be the only one there; {@code owner} shares its own with itself. */
    private record Net(Cidr prefix, String attribute, String written, String what, String owner, Place at) {}

    /** @param host its name, or that of a pair */
    private record Holder(String host, Place at) {}

    private final Refusals refusals;
    /** What was refused for its net: that its addresses clash as well follows. */
    private final Set<String> overlapping = new HashSet<>();

    AddressChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        List<Net> nets = new ArrayList<>(
                fabric.sites().stream().flatMap(AddressChecks::lans).toList());
        for (Tunnel tunnel : fabric.tunnels()) nets.addAll(transit(tunnel));
        for (Hub hub : fabric.hubs()) nets.addAll(networks(hub));
        Prefixes<Net> before = new Prefixes<>();
        for (Net net : nets) {
            for (Net first : before.overlapping(net.prefix())) overlap(first, net);
            before.add(net.prefix(), net);
        }
        twice(fabric, before);
    }

    private static Stream<Net> lans(Site site) {
        return java.util.stream.IntStream.range(0, site.lan().size()).mapToObj(i -> {
            Cidr lan = site.lan().get(i);
            String what = "the LAN " + lan + " of site " + Names.shown(site.name());
            return new Net(lan, "lan", lan.toString(), what, "lan " + i + " of " + site.name(), site.at());
        });
    }

    /** The first end's prefixes; that the other end's are the same is another check. */
    private static List<Net> transit(Tunnel tunnel) {
        List<Net> nets = new ArrayList<>();
        for (Tunnel.End end : tunnel.ends()) {
            for (Cidr address : end.addresses()) {
                Cidr prefix = address.network();
                String what = "the transit net " + prefix + " of tunnel " + Names.shown(tunnel.name());
                Net net = new Net(prefix, "address", address.toString(), what, owner(tunnel), end.at());
                if (nets.stream().noneMatch(other -> other.prefix().overlaps(prefix))) nets.add(net);
            }
        }
        return nets;
    }

    private static List<Net> networks(Hub hub) {
        return hub.addresses().stream()
                .map(address -> new Net(
                        address.network(),
                        "address",
                        address.toString(),
                        "the net " + address.network() + " of hub " + Names.shown(hub.name()),
                        owner(hub),
                        hub.at()))
                .toList();
    }

    private static String owner(Hub hub) {
        return "hub " + hub.name();
    }

    private static String owner(Tunnel tunnel) {
        return "tunnel " + tunnel.name();
    }

    /** Of two that do. */
    private void overlap(Net first, Net second) {
        if (first.owner().equals(second.owner())) return;
        overlapping.add(second.owner());
        refusals.conflict(
                second.at(),
                second.attribute(),
                second.written(),
                second.what() + " overlaps " + first.what(),
                first.prefix() + " is declared at " + first.at());
    }

    private void hub(Fabric fabric, Prefixes<Net> nets, Map<String, Holder> holders, Hub hub) {
        hold(fabric, nets, holders, hub.addresses(), new Holder(hub.on(), hub.at()));
        for (Hub.Spoke spoke : hub.spokes()) {
            hold(fabric, nets, holders, spoke.addresses(), new Holder(spoke.host(), spoke.at()));
        }
        for (Hub.Peer peer : hub.peers()) {
            hold(fabric, nets, holders, peer.addresses(), new Holder(peer.name(), peer.at()));
        }
    }

    /** What is behind two NATs may have one address; what is in a LAN or a tunnel must not. */
    private void twice(Fabric fabric, Prefixes<Net> nets) {
        Map<String, Holder> holders = new HashMap<>();
        for (Intent intent : fabric.intents()) {
            if (intent instanceof Link link) {
                hold(fabric, nets, holders, link.addresses(), new Holder(link.host(), link.at()));
            } else if (intent instanceof Tunnel tunnel && !overlapping.contains(owner(tunnel))) {
                for (Tunnel.End end : tunnel.ends()) {
                    hold(fabric, nets, holders, end.addresses(), new Holder(end.host(), end.at()));
                }
            } else if (intent instanceof Hub hub && !overlapping.contains(owner(hub))) {
                hub(fabric, nets, holders, hub);
            }
        }
        for (Vip vip : fabric.all(Vip.class)) {
            hold(fabric, nets, holders, others(fabric, vip), new Holder(vip.pair(), vip.at()));
        }
    }

    /** Without those of the very interface it is on: another check says so. */
    private static List<Cidr> others(Fabric fabric, Vip vip) {
        return vip.addresses().stream()
                .filter(address -> fabric.hostsOf(vip.pair()).stream()
                        .flatMap(host -> fabric.addresses(host, vip.on()).stream())
                        .noneMatch(own -> own.address().equals(address.address())))
                .toList();
    }

    private void hold(
            Fabric fabric, Prefixes<Net> nets, Map<String, Holder> holders, List<Cidr> addresses, Holder holder) {
        String site = fabric.hostsOf(holder.host()).stream()
                .map(Host::site)
                .findFirst()
                .orElse("");
        for (Cidr address : addresses) {
            boolean shared = nets.contain(address.address());
            Holder first = holders.putIfAbsent((shared ? "" : site) + " " + address.address(), holder);
            if (first == null) continue;
            refusals.conflict(
                    holder.at(),
                    "address",
                    address.toString(),
                    "the address " + address.address() + " is given twice",
                    "also to " + Names.shown(first.host()) + " at " + first.at());
        }
    }
}
