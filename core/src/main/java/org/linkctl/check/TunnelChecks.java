package org.linkctl.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;

/** Tunnels whose ends do not go together, or that are in each other's way. */
final class TunnelChecks {
    private final Refusals refusals;

    TunnelChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        Map<String, Declared> ports = new HashMap<>();
        for (Tunnel tunnel : fabric.tunnels()) {
            ends(tunnel);
            for (Tunnel.End end : tunnel.ends()) {
                if (end.unmanaged() != null) continue;
                port(ports, end.host(), end.port(), new Declared("tunnel " + Names.shown(tunnel.name()), end.at()));
            }
        }
        for (Hub hub : fabric.hubs()) {
            for (Host host : fabric.hostsOf(hub.on())) {
                port(ports, host.name(), hub.port(), new Declared("hub " + Names.shown(hub.name()), hub.at()));
            }
        }
    }

    private void ends(Tunnel tunnel) {
        String named = "tunnel '" + Names.shown(tunnel.name()) + "'";
        if (tunnel.ends().size() != 2) {
            refuse(tunnel, named + " has " + count(tunnel.ends().size()), "a tunnel has two, on two hosts");
            return;
        }
        Tunnel.End first = tunnel.ends().getFirst();
        Tunnel.End second = tunnel.ends().getLast();
        if (first.host().equals(second.host())) {
            refusals.conflict(
                    second.at(),
                    "name",
                    second.host(),
                    named + " has both ends on " + Names.shown(first.host()),
                    "the other is at " + first.at());
            return;
        }
        if (first.unmanaged() != null && second.unmanaged() != null) {
            refuse(tunnel, named + " has no end on a host", "linkctl logs in to neither: end('host', port: …)");
            return;
        }
        if (first.endpoint() == null && second.endpoint() == null) {
            refuse(
                    tunnel,
                    named + " has no endpoint: neither end could call the other",
                    "give endpoint: to the end that can be reached");
        }
        for (boolean v6 : new boolean[] {false, true}) transit(first, second, v6);
        for (Tunnel.End end : tunnel.ends()) addressed(end, named);
    }

    private static String count(int ends) {
        return switch (ends) {
            case 0 -> "no ends";
            case 1 -> "one end";
            default -> ends + " ends";
        };
    }

    private void addressed(Tunnel.End end, String named) {
        if (!end.addresses().isEmpty()) return;
        refusals.conflict(end.at(), "address", "", named + " has an end without an address", "");
    }

    private void transit(Tunnel.End first, Tunnel.End second, boolean v6) {
        List<Cidr> one = family(first, v6);
        List<Cidr> other = family(second, v6);
        String family = v6 ? "IPv6" : "IPv4";
        if (one.size() > 1 || other.size() > 1) {
            Tunnel.End end = one.size() > 1 ? first : second;
            String extra = family(end, v6).getLast().toString();
            refusals.conflict(end.at(), "address", extra, "an end has one " + family + " address, here are more", "");
        } else if (one.isEmpty() != other.isEmpty()) {
            if (first.addresses().isEmpty() || second.addresses().isEmpty()) return;
            Tunnel.End lacking = one.isEmpty() ? first : second;
            Tunnel.End having = one.isEmpty() ? second : first;
            refusals.conflict(
                    lacking.at(),
                    "address",
                    "",
                    "this end has no " + family + " address, the other one has",
                    family(having, v6).getFirst() + " at " + having.at());
        } else if (!one.isEmpty()) pair(first, one.getFirst(), second, other.getFirst());
    }

    private void pair(Tunnel.End first, Cidr one, Tunnel.End second, Cidr other) {
        if (one.address().equals(other.address())) return; // given twice: another check says so
        String declared = "the other end has " + one + " at " + first.at();
        if (!one.contains(other.address())) {
            refuse(second, other, "is not in the other end's prefix " + one.network(), declared);
        } else if (!other.contains(one.address())) {
            refuse(second, other, "has a prefix without the other end's address " + one.address(), declared);
        } else if (one.length() != other.length()) {
            refuse(second, other, "has not the prefix length of the other end", declared);
        }
    }

    private void refuse(Tunnel.End end, Cidr address, String why, String detail) {
        refusals.conflict(end.at(), "address", address.toString(), "address: '" + address + "' " + why, detail);
    }

    private static List<Cidr> family(Tunnel.End end, boolean v6) {
        return end.addresses().stream().filter(one -> one.isV6() == v6).toList();
    }

    private void port(Map<String, Declared> ports, String host, int port, Declared user) {
        Declared first = ports.putIfAbsent(port + " " + host, user);
        if (first == null || first.equals(user)) return;
        refusals.conflict(
                user.at(),
                "port",
                "",
                "port " + port + " is used twice on " + Names.shown(host),
                "also used at " + first.seenFrom(user.at()));
    }

    private void refuse(Tunnel tunnel, String summary, String detail) {
        refusals.conflict(tunnel.at(), "", "", summary, detail);
    }
}
