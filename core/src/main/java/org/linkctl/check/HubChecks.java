package org.linkctl.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Os;
import org.linkctl.model.Pair;
import org.linkctl.model.Vip;
import org.linkctl.net.Cidr;

/** Hubs and spokes that do not go together. */
final class HubChecks {
    private final Refusals refusals;

    HubChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Hub hub : fabric.hubs()) hub(fabric, hub);
    }

    private void hub(Fabric fabric, Hub hub) {
        String named = "hub '" + Names.shown(hub.name()) + "'";
        List<Host> hosts = fabric.hostsOf(hub.on());
        OtherKind other = new OtherKind(refusals, fabric);
        boolean pair = fabric.pairs().stream().anyMatch(one -> one.name().equals(hub.on()));
        if (hosts.isEmpty() && !pair) {
            List<String> known = Stream.concat(
                            fabric.pairs().stream().map(Pair::name),
                            fabric.hosts().stream().map(Host::name))
                    .toList();
            if (!other.refuses(hub.at(), "on", hub.on(), "pair or host", "a hub is on one of these"))
                refusals.unknown(hub.at(), "on", "pair or host", hub.on(), known);
        }
        List<String> names = fabric.hosts().stream().map(Host::name).toList();
        Set<String> own = hosts.stream().map(Host::name).collect(Collectors.toSet());
        if (pair && hub.key() == null) {
            refusals.conflict(
                    hub.at(),
                    "key",
                    "",
                    named + " is on a pair and has no key:",
                    "both hosts have the same private key: key: secret('...')");
        }
        preferred(fabric, hub, named);
        if (hub.addresses().isEmpty()) refuse(hub.at(), named + " has no address", "");
        for (boolean v6 : new boolean[] {false, true}) once(hub.at(), hub.addresses(), v6);
        if (hub.spokes().isEmpty() && hub.peers().isEmpty())
            refuse(hub.at(), named + " has no spokes", "spoke('host', address: '...')");
        Map<String, Hub.Spoke> seen = new HashMap<>();
        for (Hub.Spoke spoke : hub.spokes()) {
            Hub.Spoke first = seen.putIfAbsent(spoke.host(), spoke);
            if (first != null) {
                String summary = named + " has " + Names.shown(spoke.host()) + " as a spoke twice";
                refusals.conflict(spoke.at(), "name", spoke.host(), summary, "also at " + first.at());
            }
            if (fabric.host(spoke.host()).isEmpty()) {
                String rule = "a spoke is one host";
                if (!other.refuses(spoke.at(), "name", spoke.host(), "host", rule, one -> !own.contains(one.name())))
                    refusals.unknown(spoke.at(), "name", "host", spoke.host(), names);
            } else if (own.contains(spoke.host())) {
                String summary = named + " has its own host " + Names.shown(spoke.host()) + " as a spoke";
                refusals.conflict(spoke.at(), "name", spoke.host(), summary, "a spoke is another host, which calls it");
            }
            addresses(hub, named + " has a spoke", spoke.at(), spoke.addresses());
        }
        for (Hub.Peer peer : hub.peers()) addresses(hub, named + " has a peer", peer.at(), peer.addresses());
    }

    /** On Linux its interface is up on the master alone, which there has to be one of. */
    private void preferred(Fabric fabric, Hub hub, String named) {
        Vip first = null;
        for (Vip vip : fabric.all(Vip.class)) {
            List<Host> hosts = fabric.hostsOf(vip.pair());
            if (!vip.pair().equals(hub.on()) || hosts.size() < 2) continue;
            if (hosts.stream().anyMatch(host -> host.os() != Os.LINUX)) continue;
            if (first == null) first = vip;
            String here = vip.preferred(fabric);
            String there = first.preferred(fabric);
            if (here.equals(there)) continue;
            refusals.conflict(
                    vip.at(),
                    "prefer",
                    here,
                    "vip " + vip.id() + " prefers " + Names.shown(here) + ", vip " + first.id() + " prefers "
                            + Names.shown(there),
                    named + " at " + hub.at() + " is up on one of the two hosts, where the shared addresses are");
        }
    }

    private void addresses(Hub hub, String named, Place at, List<Cidr> addresses) {
        if (addresses.isEmpty()) refusals.conflict(at, "address", "", named + " without an address", "");
        for (boolean v6 : new boolean[] {false, true}) once(at, addresses, v6);
        for (Cidr address : addresses) address(hub, at, address);
    }

    private void once(Place at, List<Cidr> addresses, boolean v6) {
        List<Cidr> family =
                addresses.stream().filter(address -> address.isV6() == v6).toList();
        if (family.size() < 2) return;
        String extra = family.getLast().toString();
        String what = "one " + (v6 ? "IPv6" : "IPv4") + " address on a hub's net";
        refusals.conflict(at, "address", extra, "a host has " + what + ", here are more", "");
    }

    private void address(Hub hub, Place at, Cidr address) {
        String quoted = "address: '" + address + "' ";
        List<Cidr> nets = hub.networks().stream()
                .filter(net -> net.isV6() == address.isV6())
                .toList();
        String has = "the hub has "
                + String.join(", ", hub.addresses().stream().map(Cidr::toString).toList()) + " at " + hub.at();
        if (nets.isEmpty()) {
            if (hub.addresses().isEmpty()) return;
            String family = address.isV6() ? "IPv6" : "IPv4";
            conflict(at, address, quoted + "is " + family + ", and the hub has no address of it", has);
        } else if (nets.stream().noneMatch(net -> net.contains(address.address()))) {
            conflict(at, address, quoted + "is not in the hub's net " + nets.getFirst(), has);
        } else if (nets.stream().noneMatch(net -> net.length() == address.length())) {
            conflict(at, address, quoted + "has not the prefix length of the hub's", has);
        }
    }

    private void conflict(Place at, Cidr address, String summary, String detail) {
        refusals.conflict(at, "address", address.toString(), summary, detail);
    }

    private void refuse(Place at, String summary, String detail) {
        refusals.conflict(at, "", "", summary, detail);
    }
}
