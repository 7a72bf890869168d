package org.linkctl.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.model.Bond;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Link;
import org.linkctl.model.Nic;
import org.linkctl.model.Tunnel;
import org.linkctl.spi.SystemLimits;

/** Interfaces of one host that cannot be there together. */
final class InterfaceChecks {
    private final Refusals refusals;
    private final List<SystemLimits> limits;

    InterfaceChecks(Refusals refusals, List<SystemLimits> limits) {
        this.refusals = refusals;
        this.limits = limits;
    }

    void check(Fabric fabric) {
        fabric.all(Bond.class).forEach(this::twice);
        for (Host host : fabric.hosts()) {
            if (fabric.hostsNamed(host.name()).size() > 1) continue; // which of them has what cannot be told
            Map<String, Declared> interfaces = new HashMap<>();
            for (Link link : fabric.links(host)) {
                declare(interfaces, host, link.name(), new Declared(link.kind(), link.at()));
            }
            for (Tunnel tunnel : fabric.tunnels(host)) {
                declare(interfaces, host, tunnel.name(), new Declared("tunnel", tunnel.at()));
            }
            for (Hub hub : fabric.hubs(host)) declare(interfaces, host, hub.name(), new Declared("hub", hub.at()));
            members(fabric, host, interfaces);
            new LinkFileChecks(refusals, fabric, host, limits).check();
            new VlanChecks(refusals, fabric, host).check();
            new BridgeChecks(refusals, fabric, host).check();
            new FreebsdLinkChecks(refusals, fabric, host).check();
            new LinkMtuChecks(refusals, fabric, host).check();
            new UplinkChecks(refusals, fabric, host).check();
            new ReplyToChecks(refusals, fabric, host).check();
        }
    }

    private void declare(Map<String, Declared> interfaces, Host host, String name, Declared declared) {
        Declared first = interfaces.putIfAbsent(name, declared);
        boolean named = declared.what().equals("tunnel") || declared.what().equals("hub");
        if (first == null || (named && first.what().equals(declared.what()))) return; // said of their names
        refusals.conflict(
                declared.at(),
                "name",
                name,
                "two interfaces named '" + Names.shown(name) + "' on " + Names.shown(host.name()),
                "a " + first.what() + " is declared so at " + first.at());
    }

    /** A member that one bond names twice; said of a host that is declared twice as well. */
    private void twice(Bond bond) {
        Set<String> seen = new HashSet<>();
        for (String member : bond.members()) {
            if (!seen.add(member)) refusals.twice(bond.at(), "members", member, memberTwice(member), "");
        }
    }

    private static String memberTwice(String member) {
        return "'" + Names.shown(member) + "' is a member twice";
    }

    private void members(Fabric fabric, Host host, Map<String, Declared> interfaces) {
        Map<String, Bond> owners = new HashMap<>();
        for (Bond bond : fabric.of(Bond.class, host)) {
            for (String member : bond.members()) {
                Bond owner = owners.putIfAbsent(member, bond);
                if (owner != null && !owner.equals(bond)) {
                    refuse(bond, member, memberTwice(member), "of " + Names.shown(owner.name()) + " at " + owner.at());
                }
                Declared other = interfaces.get(member);
                if (other != null) member(fabric, host, bond, member, other);
            }
        }
    }

    /** What a member has, its bond has: the link comes up with it, and its mtu is the bond's (bonding.rst). */
    private void member(Fabric fabric, Host host, Bond bond, String member, Declared other) {
        List<Nic> nics = fabric.of(Nic.class, host).stream()
                .filter(nic -> nic.name().equals(member))
                .toList();
        boolean nic = other.what().equals("nic");
        String what = !nic
                ? "itself a " + other.what()
                : nics.stream().anyMatch(one -> !one.addresses().isEmpty())
                        ? "a nic with addresses of its own"
                        : nics.stream().anyMatch(one -> one.mtu() != null)
                                ? "a nic with an mtu of its own"
                                : "declared as a nic as well";
        String right = nic ? "; addresses and mtu: of its members belong to the bond, and no nic is needed" : "";
        refuse(
                bond,
                member,
                "the member '" + Names.shown(member) + "' is " + what,
                "declared at " + other.at() + right);
    }

    private void refuse(Bond bond, String member, String summary, String detail) {
        refusals.conflict(bond.at(), "members", member, summary, detail);
    }
}
