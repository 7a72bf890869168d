package org.linkctl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Pair;
import org.linkctl.model.Publish;
import org.linkctl.net.Ip;

/** What is published, held against the hosts that shall do it and their hubs. */
final class PublishChecks {
    private final Refusals refusals;
    /** Interfaces of a firewall that were refused already. */
    private final Set<String> said = new HashSet<>();

    PublishChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        Map<String, List<Taken>> taken = new HashMap<>();
        for (Publish publish : fabric.all(Publish.class)) {
            publish(fabric, publish);
            taken(fabric, taken, publish);
        }
    }

    private void publish(Fabric fabric, Publish publish) {
        List<Host> hosts = fabric.hostsOf(publish.on());
        if (hosts.isEmpty()) {
            if (fabric.pairs().stream().anyMatch(pair -> pair.name().equals(publish.on())))
                return; // that it has none was said
            List<String> known = Stream.concat(
                            fabric.pairs().stream().map(Pair::name),
                            fabric.hosts().stream().map(Host::name))
                    .toList();
            boolean other = new OtherKind(refusals, fabric)
                    .refuses(publish.at(), "on", publish.on(), "pair or host", "it is published on one of these");
            if (!other) refusals.unknown(publish.at(), "on", "pair or host", publish.on(), known);
            return;
        }
        String named = "publish '" + Names.shown(publish.name()) + "'";
        if (publish.addresses().isEmpty()) refuse(publish, "address", named + " has no address", "");
        if (publish.tcp().isEmpty() && publish.udp().isEmpty()) {
            refuse(publish, "", named + " has no ports", "tcp: [80, 443], or udp:");
        }
        ruleset(fabric, publish, hosts);
        for (Ip address : publish.addresses()) address(fabric, publish, hosts, address);
        targets(fabric, publish);
        for (Host host : hosts) skipped(fabric, publish, host);
        for (Ip address : publish.addresses()) family(fabric, publish, address);
    }

    private void address(Fabric fabric, Publish publish, List<Host> hosts, Ip address) {
        for (Host host : hosts) {
            if (fabric.holder(host, address).isPresent()) continue;
            String has = hosts.size() > 1 ? "an address of its vip is one of both hosts" : "give it to an interface";
            refusals.conflict(
                    publish.at(),
                    "address",
                    address.text(),
                    "address: '" + address + "' is no address of " + Names.shown(host.name()),
                    has);
            return;
        }
    }

    /** pf.conf(5), "set skip": nothing is translated there either. */
    private void skipped(Fabric fabric, Publish publish, Host host) {
        List<String> used = Stream.concat(
                        publish.addresses().stream().flatMap(address -> fabric.holder(host, address).stream()),
                        fabric.hubs(host).stream()
                                .filter(hub -> hub.on().equals(publish.on()))
                                .map(Hub::name))
                .toList();
        fabric.one(Firewall.class, host).ifPresent(firewall -> {
            for (String device : firewall.skip()) {
                if (!used.contains(device) || !said.add(firewall.on() + " " + device)) continue;
                String summary = "skip: '" + Names.shown(device) + "' keeps publish '" + Names.shown(publish.name())
                        + "' from working";
                String why = "where nothing is filtered nothing is translated (publish at " + publish.at() + ")";
                refusals.conflict(firewall.at(), "skip", device, summary, why);
            }
        });
    }

    private void targets(Fabric fabric, Publish publish) {
        List<Hub> hubs = fabric.hubs().stream()
                .filter(hub -> hub.on().equals(publish.on()))
                .toList();
        if (hubs.isEmpty()) {
            String summary = Names.shown(publish.on()) + " has no hub by which it could reach anybody";
            refuse(publish, "on", summary, "hub('wg0', on: '" + Names.shown(publish.on()) + "', …)");
            return;
        }
        Set<String> spokes = new LinkedHashSet<>();
        for (Hub hub : hubs) hub.spokes().forEach(spoke -> spokes.add(spoke.host()));
        Set<String> seen = new HashSet<>();
        for (String name : publish.to()) {
            if (hubs.stream()
                    .flatMap(hub -> hub.peers().stream())
                    .anyMatch(peer -> peer.name().equals(name))) {
                String why =
                        "linkctl does not log in to it, and knows nothing of how it answers: a spoke, with an ssh: address";
                refusals.conflict(
                        publish.at(), "to", name, "to: '" + Names.shown(name) + "' is a peer of the hub", why);
            } else if (!spokes.contains(name)) {
                String meant = "spoke of " + Names.shown(publish.on());
                // Of a host it is enough that it is no spoke.
                boolean other = fabric.host(name).isEmpty()
                        && new OtherKind(refusals, fabric)
                                .refuses(
                                        publish.at(),
                                        "to",
                                        name,
                                        meant,
                                        "it leads to hosts that are spokes of the hub",
                                        host -> spokes.contains(host.name()));
                if (!other) refusals.unknown(publish.at(), "to", meant, name, spokes);
            } else if (!seen.add(name)) {
                refusals.twice(publish.at(), "to", name, "to: '" + Names.shown(name) + "' stands there twice", "");
            }
        }
        if (publish.to().isEmpty()) {
            refuse(publish, "to", "publish '" + Names.shown(publish.name()) + "' leads to nobody", "");
        }
    }

    private void family(Fabric fabric, Publish publish, Ip address) {
        if (publish.to().isEmpty()
                || !fabric.targets(publish, address.isV6()).isEmpty()
                || fabric.targets(publish, !address.isV6()).isEmpty()) return;
        String family = address.isV6() ? "IPv6" : "IPv4";
        refusals.conflict(
                publish.at(),
                "address",
                address.text(),
                "address: '" + address + "' is " + family + ", and none of the spokes has an address of it",
                "give the hub and its spokes " + family + " addresses");
    }

    /** The rules of a host are linkctl's or somebody else's, whatever they are for. */
    private void ruleset(Fabric fabric, Publish publish, List<Host> hosts) {
        Firewall.Ruleset asked = publish.ruleset();
        for (Host host : hosts) {
            Firewall.Ruleset other = fabric.ruleset(host);
            if (asked == null || asked == other) continue;
            String summary = "ruleset: " + asked + " for publish '" + Names.shown(publish.name()) + "', and " + other
                    + " for " + Names.shown(host.name());
            String why = "all rules of a host are its own, or stand in an anchor";
            refusals.conflict(publish.at(), "ruleset", asked.name(), summary, why);
            return;
        }
    }

    /** Ports of one protocol and address of a host. */
    private record Taken(Firewall.Ports ports, Declared by) {}

    private void taken(Fabric fabric, Map<String, List<Taken>> taken, Publish publish) {
        for (Ip address : publish.addresses()) {
            for (Firewall.Ports ports : publish.tcp()) ports(fabric, taken, publish, "tcp", address, ports);
            for (Firewall.Ports ports : publish.udp()) ports(fabric, taken, publish, "udp", address, ports);
        }
    }

    private void ports(
            Fabric fabric,
            Map<String, List<Taken>> taken,
            Publish publish,
            String proto,
            Ip address,
            Firewall.Ports ports) {
        Declared declared = new Declared("publish " + Names.shown(publish.name()), publish.at());
        Taken first = null;
        for (Host host : fabric.hostsOf(publish.on())) {
            String key = host.name() + " " + proto + " " + address;
            List<Taken> there = taken.computeIfAbsent(key, _ -> new ArrayList<>());
            // The same of both hosts of a pair.
            if (first == null)
                first = there.stream()
                        .filter(one -> one.ports().meets(ports))
                        .findFirst()
                        .orElse(null);
            there.add(new Taken(ports, declared));
        }
        if (first == null) return;
        String twice = ports.common(first.ports()).written();
        refusals.conflict(
                publish.at(),
                proto,
                ports.written(),
                proto + ": " + twice + " of " + address + " is published twice",
                first.by().equals(declared) ? "" : "also at " + first.by().seenFrom(publish.at()));
    }

    private void refuse(Publish publish, String attribute, String summary, String detail) {
        refusals.conflict(publish.at(), attribute, "", summary, detail);
    }
}
