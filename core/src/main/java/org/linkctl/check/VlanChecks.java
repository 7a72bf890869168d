package org.linkctl.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.Bond;
import org.linkctl.model.Bridge;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Link;
import org.linkctl.model.Nic;
import org.linkctl.model.Os;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Vlan;

/**
 * VLANs that cannot be, and names such as {@code bond0.100} of what is none: a VLAN that the host's own configuration makes
 * is a nic like any other, but none can be relied on whose parent is made, and made anew, by linkctl.
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
        for (Nic nic : fabric.of(Nic.class, host)) parent(parents, nic.name(), nic.at(), "name");
        for (Link link : fabric.links(host)) {
            if (link instanceof Vlan) continue;
            for (String member : link.lower()) parent(parents, member, link.at(), "members");
        }
        Map<String, Vlan> tags = new HashMap<>();
        for (Vlan vlan : fabric.of(Vlan.class, host)) {
            on(vlan);
            if (fabric.link(host, vlan.on()).isPresent()) named(vlan); // or its name may be right, and on: is not
            Vlan first = tags.putIfAbsent(vlan.on() + " " + vlan.id(), vlan);
            if (first == null || first.name().equals(vlan.name())) continue; // said of the names
            String summary = "id: " + vlan.id() + " on " + Names.shown(vlan.on()) + " is declared twice";
            String detail = "as " + Names.shown(first.name()) + " at " + first.at();
            refusals.conflict(vlan.at(), "id", Integer.toString(vlan.id()), summary, detail);
        }
    }

    private void on(Vlan vlan) {
        String on = vlan.on();
        Optional<Link> parent = fabric.link(host, on);
        if (parent.isEmpty()) {
            String tunnel = fabric.interfaces(host).contains(on) ? "a tunnel carries no frames" : null;
            if (tunnel != null) refuse(vlan, "is no nic, bond or bridge", tunnel);
            else {
                refusals.unknown(
                        vlan.at(),
                        "on",
                        "nic, bond or bridge of " + Names.shown(host.name()),
                        on,
                        fabric.links(host).stream()
                                .filter(link -> !(link instanceof Vlan))
                                .map(Link::name)
                                .toList());
            }
            return;
        }
        String owner = owner(on);
        if (parent.get() instanceof Vlan) refuse(vlan, "is itself a VLAN", "linkctl makes no VLANs in VLANs");
        else if (Names.isLoopback(on, host.os())) refuse(vlan, "is the loopback", "it carries no frames");
        else if (owner != null)
            refuse(vlan, "is a member of " + Names.shown(owner), "what comes in by it belongs there");
    }

    private @Nullable String owner(String name) {
        return fabric.links(host).stream()
                .filter(link -> link instanceof Bond || link instanceof Bridge)
                .filter(link -> link.lower().contains(name))
                .map(Link::name)
                .findFirst()
                .orElse(null);
    }

    private void refuse(Vlan vlan, String why, String detail) {
        refusals.conflict(vlan.at(), "on", vlan.on(), "on: '" + Names.shown(vlan.on()) + "' " + why, detail);
    }

    /** A name that says another parent or number than there is misleads people, and ifupdown (interfaces(5)). */
    private void named(Vlan vlan) {
        String right = vlan.on() + "." + vlan.id();
        Optional<String> parent = Names.parent(vlan.name());
        boolean number = vlan.id() >= 1 && vlan.id() <= Vlan.LAST_ID; // or that is refused by itself
        if (!number
                || parent.isEmpty()
                || !fabric.interfaces(host).contains(parent.get())
                || vlan.name().equals(right)) return;
        refusals.conflict(
                vlan.at(),
                "name",
                vlan.name(),
                "'" + Names.shown(vlan.name()) + "' is named as another VLAN than it is",
                "it is " + vlan.id() + " on " + Names.shown(vlan.on()) + ": "
                        + (Names.isInterface(right) ? "'" + Names.shown(right) + "', or " : "")
                        + "a name without a dot");
    }

    /** What cannot have VLANs of others' making, by name; of each why not. */
    private Map<String, Declared> parents() {
        Map<String, Declared> out = new HashMap<>();
        for (Bond bond : fabric.of(Bond.class, host)) {
            String why = "what comes in by a member belongs to its bond " + Names.shown(bond.name());
            for (String member : bond.members()) out.put(member, new Declared(why, bond.at()));
        }
        for (Link link : fabric.links(host)) {
            if (link.made()) out.put(link.name(), made(link.kind(), link.name(), link.at()));
        }
        for (Tunnel tunnel : fabric.tunnels(host)) out.put(tunnel.name(), made("tunnel", tunnel.name(), tunnel.at()));
        for (Hub hub : fabric.hubs(host)) out.put(hub.name(), made("hub", hub.name(), hub.at()));
        return out;
    }

    private static Declared made(String kind, String name, Place at) {
        String why = "linkctl makes the " + kind + " " + Names.shown(name)
                + (kind.equals("bond") || kind.equals("bridge") ? "" : ", which carries none");
        return new Declared(why, at);
    }

    private void parent(Map<String, Declared> parents, String name, Place at, String attribute) {
        Optional<String> parent = Names.parent(name);
        Declared declared = parent.map(parents::get).orElse(null);
        if (parent.isEmpty()
                || declared == null
                || fabric.link(host, name).filter(Vlan.class::isInstance).isPresent()) return;
        boolean carries = fabric.link(host, parent.get())
                .filter(link -> link instanceof Bond || (link instanceof Bridge && host.os() == Os.LINUX))
                .isPresent();
        refusals.conflict(
                at,
                attribute,
                name,
                "'" + Names.shown(name) + "' is a VLAN that nothing makes",
                declared.what() + " (declared at " + declared.at() + "); "
                        + (carries
                                ? "declare it: vlan('" + Names.shown(name) + "', on: '" + Names.shown(parent.get())
                                        + "', id: …)"
                                : "a VLAN of another interface is a nic once the host's own configuration makes it"));
    }
}
