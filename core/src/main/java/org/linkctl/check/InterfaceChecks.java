package org.linkctl.check;

import java.util.HashMap;
import java.util.Map;
import org.linkctl.diag.Place;
import org.linkctl.model.Bond;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Nic;
import org.linkctl.model.Tunnel;

/** Interfaces of one host that cannot be there together. */
final class InterfaceChecks {
    private record Declared(String kind, Place at) {}

    private final Refusals refusals;

    InterfaceChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) {
            boolean twice = fabric.hosts().stream()
                            .filter(one -> one.name().equals(host.name()))
                            .count()
                    > 1;
            if (twice) continue; // which of them has what cannot be told
            Map<String, Declared> interfaces = new HashMap<>();
            for (Bond bond : fabric.bonds(host))
                declare(interfaces, host, bond.name(), new Declared("bond", bond.at()));
            for (Nic nic : fabric.nics(host)) declare(interfaces, host, nic.name(), new Declared("nic", nic.at()));
            for (Tunnel tunnel : fabric.tunnels(host)) {
                declare(interfaces, host, tunnel.name(), new Declared("tunnel", tunnel.at()));
            }
            for (Hub hub : fabric.hubs(host)) declare(interfaces, host, hub.name(), new Declared("hub", hub.at()));
            members(fabric, host, interfaces);
        }
    }

    private void declare(Map<String, Declared> interfaces, Host host, String name, Declared declared) {
        Declared first = interfaces.putIfAbsent(name, declared);
        boolean named = declared.kind().equals("tunnel") || declared.kind().equals("hub");
        if (first == null || (named && first.kind().equals(declared.kind()))) return; // said of their names
        refusals.conflict(
                declared.at(),
                "name",
                name,
                "two interfaces named '" + Names.shown(name) + "' on " + Names.shown(host.name()),
                "a " + first.kind() + " is declared so at " + first.at());
    }

    private void members(Fabric fabric, Host host, Map<String, Declared> interfaces) {
        Map<String, Bond> owners = new HashMap<>();
        for (Bond bond : fabric.bonds(host)) {
            for (String member : bond.members()) {
                Bond owner = owners.putIfAbsent(member, bond);
                if (owner != null) {
                    refuse(
                            bond,
                            member,
                            "'" + Names.shown(member) + "' is a member twice",
                            owner.equals(bond) ? "" : "of " + Names.shown(owner.name()) + " at " + owner.at());
                }
                Declared other = interfaces.get(member);
                if (other != null) member(fabric, host, bond, member, other);
            }
        }
    }

    private void member(Fabric fabric, Host host, Bond bond, String member, Declared other) {
        boolean plain = other.kind().equals("nic")
                && fabric.nics(host).stream()
                        .filter(nic -> nic.name().equals(member))
                        .allMatch(nic -> nic.addresses().isEmpty());
        if (plain) return;
        String what = other.kind().equals("nic") ? "a nic with addresses of its own" : "itself a " + other.kind();
        refuse(bond, member, "the member '" + Names.shown(member) + "' is " + what, "declared at " + other.at());
    }

    private void refuse(Bond bond, String member, String summary, String detail) {
        refusals.conflict(bond.at(), "members", member, summary, detail);
    }
}
