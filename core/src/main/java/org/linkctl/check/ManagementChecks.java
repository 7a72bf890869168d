package org.linkctl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Firewall.Proto;
import org.linkctl.model.Host;
import org.linkctl.model.HostAddresses;
import org.linkctl.model.Hub;
import org.linkctl.model.Link;
import org.linkctl.model.Packets;
import org.linkctl.model.RulePackets;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.net.IpSet;

/** Firewalls whose rules keep out who manages the host, or what its own tunnels and hubs get from others. */
final class ManagementChecks {
    private final Refusals refusals;

    ManagementChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Firewall firewall : fabric.all(Firewall.class)) {
            RulePackets rules = new RulePackets(firewall);
            for (Host host : fabric.hostsOf(firewall.on())) {
                ssh(fabric, firewall, rules, host);
                for (Tunnel tunnel : fabric.tunnels(host)) {
                    Tunnel.End end = tunnel.endOn(host.name());
                    udp(fabric, rules, host, "tunnel '" + tunnel.name() + "'", end.port(), end.endpoint());
                }
                for (Hub hub : fabric.hubs(host)) {
                    if (!fabric.isHub(hub, host)) continue;
                    udp(fabric, rules, host, "hub '" + hub.name() + "'", hub.port(), hub.endpoint());
                }
            }
        }
    }

    /**
     * SSH is let in by interfaces that no rule names (language.md, firewall). Where ssh: is a name, it may come in by any
     * declared interface; by one that is not declared it comes in anyway.
     */
    private void ssh(Fabric fabric, Firewall firewall, RulePackets rules, Host host) {
        Ip address = HostAddresses.ssh(host).orElse(null);
        List<String> devices = address == null
                ? addressed(fabric, host)
                : fabric.holder(host, address).map(List::of).orElse(List.of());
        List<Firewall.Rule> closing = new ArrayList<>();
        for (String device : devices) {
            Optional<Firewall.Rule> closed = closed(firewall, rules, device, address, HostAddresses.sshPort(host));
            if (closed.isEmpty()) return;
            closing.add(closed.get());
        }
        if (closing.isEmpty()) return;
        Firewall.Rule rule = closing.getFirst();
        String by = Names.shown(String.join(" or ", devices));
        refusals.doubt(
                rule.at(),
                rule.inbound() == null ? "" : "inbound",
                rule.inbound() == null ? "" : rule.inbound(),
                "no rule lets SSH to " + Names.shown(host.name()) + " in by " + by
                        + (address == null ? "" : ", where " + address + " is"),
                (rule.inbound() == null
                                ? "this rule stops it; "
                                : "by an interface that a rule names, SSH comes in only where a rule says so; ")
                        + "allow(inbound: '" + Names.shown(devices.getFirst()) + "', proto: TCP, port: "
                        + HostAddresses.sshPort(host) + "), with from: for whom");
    }

    private static List<String> addressed(Fabric fabric, Host host) {
        return fabric.links(host).stream()
                .map(Link::name)
                .distinct()
                .filter(device -> !fabric.addresses(host, device).isEmpty())
                .toList();
    }

    /** The rule by which no SSH comes in by an interface; empty where some does, as far as can be told. */
    private static Optional<Firewall.Rule> closed(
            Firewall firewall, RulePackets rules, String device, @Nullable Ip address, int port) {
        if (firewall.skip().contains(device)) return Optional.empty();
        Optional<Firewall.Rule> naming = firewall.rules().stream()
                .filter(rule -> device.equals(rule.inbound()))
                .findFirst();
        boolean main = firewall.ruleset() == Firewall.Ruleset.MAIN;
        if (main && naming.isEmpty()) return Optional.empty();
        List<Boolean> families = address == null ? List.of(false, true) : List.of(address.isV6());
        Firewall.Rule last = main ? naming.orElse(null) : null;
        for (int i = 0; i < rules.rules().size(); i++) {
            Firewall.Rule rule = rules.rules().get(i);
            boolean stops = true;
            boolean lets = false;
            for (boolean v6 : families) {
                IpSet to = address == null ? IpSet.any(v6) : IpSet.of(List.of(Cidr.host(address)), v6);
                Packets ssh = new Packets(true, device, Proto.TCP, IpSet.any(v6), to, new Firewall.Ports(port, port));
                Packets packets = rules.of(i, v6);
                lets |= rule.allow() && packets.meets(ssh);
                stops &= !rule.allow() && packets.covers(ssh);
            }
            if (lets) last = null;
            else if (stops) last = rule;
        }
        return Optional.ofNullable(last);
    }

    /** What others send to a port of a tunnel or a hub passes by itself; a block may stop all of it. */
    private void udp(Fabric fabric, RulePackets rules, Host host, String what, int port, @Nullable String endpoint) {
        Ip address = Optional.ofNullable(endpoint)
                .flatMap(Ip::parse)
                .filter(one -> fabric.holder(host, one).isPresent())
                .orElse(null);
        String device = address == null ? null : fabric.holder(host, address).orElse(null);
        boolean v6 = address != null && address.isV6();
        IpSet to = address == null ? IpSet.any(v6) : IpSet.of(List.of(Cidr.host(address)), v6);
        Packets called = new Packets(true, device, Proto.UDP, IpSet.any(v6), to, new Firewall.Ports(port, port));
        Firewall.Rule last = null;
        for (int i = 0; i < rules.rules().size(); i++) {
            Firewall.Rule rule = rules.rules().get(i);
            Packets packets = rules.of(i, v6);
            if (!rule.allow() && packets.covers(called)) last = rule;
            else if (rule.allow() && packets.meets(called)) last = null;
        }
        if (last == null) return;
        refusals.doubt(
                last.at(),
                "",
                "",
                "this block stops what " + Names.shown(what) + " gets from others on " + Names.shown(host.name())
                        + ": UDP port " + port,
                "it would pass by itself; allow(proto: UDP, port: " + port + ") after it lets it in");
    }
}
