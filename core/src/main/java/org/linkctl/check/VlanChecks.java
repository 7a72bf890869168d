package org.linkctl.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.linkctl.diag.Place;
import org.linkctl.model.Bond;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Nic;
import org.linkctl.model.Tunnel;

/**
 * Names such as {@code bond0.100}. linkctl makes no VLANs: one that the host's own configuration makes is a nic like any
 * other, but none can be relied on whose parent is made, and made anew, by linkctl.
 */
final class VlanChecks {
    private final Refusals refusals;
    private final Fabric fabric;
    private final Host host;

    VlanChecks(Refusals refusals, Fabric fabric, Host host) {
        this.refusals = refusals;
        this.fabric = fabric;
        this.host = host;
    }

    void check() {
        Map<String, Declared> parents = parents();
        for (Nic nic : fabric.nics(host)) parent(parents, nic.name(), nic.at(), "name");
        for (Bond bond : fabric.bonds(host)) {
            for (String member : bond.members()) parent(parents, member, bond.at(), "members");
        }
    }

    /** What cannot have VLANs, by name; of each why not. */
    private Map<String, Declared> parents() {
        Map<String, Declared> out = new HashMap<>();
        for (Bond bond : fabric.bonds(host)) {
            String why = "what comes in by a member belongs to its bond " + Names.shown(bond.name());
            for (String member : bond.members()) out.put(member, new Declared(why, bond.at()));
        }
        for (Bond bond : fabric.bonds(host)) out.put(bond.name(), made("bond", bond.name(), bond.at()));
        for (Tunnel tunnel : fabric.tunnels(host)) out.put(tunnel.name(), made("tunnel", tunnel.name(), tunnel.at()));
        for (Hub hub : fabric.hubs(host)) out.put(hub.name(), made("hub", hub.name(), hub.at()));
        return out;
    }

    private static Declared made(String kind, String name, Place at) {
        String why = "linkctl makes the " + kind + " " + Names.shown(name) + ", and no VLANs on it";
        return new Declared(why, at);
    }

    private void parent(Map<String, Declared> parents, String name, Place at, String attribute) {
        Optional<Declared> parent = Names.parent(name).map(parents::get);
        if (parent.isEmpty()) return;
        refusals.conflict(
                at,
                attribute,
                name,
                "'" + Names.shown(name) + "' is a VLAN that nothing makes",
                parent.get().what() + " (declared at " + parent.get().at()
                        + "); a VLAN of another interface is a nic once the host's own configuration makes it");
    }
}
