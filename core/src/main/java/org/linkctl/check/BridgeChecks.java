package org.linkctl.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.Bond;
import org.linkctl.model.Bridge;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Link;

/** Members that no bridge can have. */
final class BridgeChecks {
    private final Refusals refusals;
    private final Fabric fabric;
    private final Host host;

    BridgeChecks(Refusals refusals, Fabric fabric, Host host) {
        this.refusals = refusals;
        this.fabric = fabric;
        this.host = host;
    }

    void check() {
        Map<String, Link> owners = new HashMap<>();
        for (Bond bond : fabric.of(Bond.class, host))
            bond.members().forEach(member -> owners.putIfAbsent(member, bond));
        for (Bridge bridge : fabric.of(Bridge.class, host)) {
            for (String member : bridge.members()) {
                Link owner = owners.putIfAbsent(member, bridge);
                if (owner != null) twice(bridge, member, owner);
                else member(bridge, member);
            }
        }
    }

    private void twice(Bridge bridge, String member, Link owner) {
        String detail =
                owner.name().equals(bridge.name()) ? "" : "of " + Names.shown(owner.name()) + " at " + owner.at();
        refuse(bridge, member, "'" + Names.shown(member) + "' is a member twice", detail);
    }

    private void member(Bridge bridge, String member) {
        String quoted = "the member '" + Names.shown(member) + "' ";
        Optional<Link> found = fabric.link(host, member);
        if (Names.isLoopback(member, host.os())) {
            refuse(bridge, member, quoted + "is the loopback", "it carries no frames");
        } else if (found.isEmpty()) {
            if (!fabric.interfaces(host).contains(member)) return;
            refuse(bridge, member, quoted + "is a tunnel", "it carries packets, and a bridge passes on frames");
        } else if (found.get() instanceof Bridge) {
            refuse(
                    bridge,
                    member,
                    quoted + "is itself a bridge",
                    "declared at " + found.get().at());
        } else if (reaches(found.get(), bridge.name(), new HashSet<>())) {
            refuse(
                    bridge,
                    member,
                    quoted + "is made of the bridge itself",
                    "declared at " + found.get().at());
        } else used(bridge, member, found.get());
    }

    /** What comes in by a member is the bridge's: it has the addresses (kernel: Documentation/networking/bridge.rst). */
    private void used(Bridge bridge, String member, Link link) {
        String what = !link.addresses().isEmpty()
                ? "addresses"
                : link.dhcp() != null
                        ? "dhcp:"
                        : !link.defaultGateways().isEmpty()
                                ? "a defaultGateway:"
                                : link.replyTo().isEmpty() ? null : "a replyTo:";
        if (what == null) return;
        refuse(
                bridge,
                member,
                "the member '" + Names.shown(member) + "' is a " + link.kind() + " with " + what + " of its own",
                "declared at " + link.at() + "; of its members a bridge has the addresses");
    }

    private boolean reaches(Link link, String name, Set<String> seen) {
        if (!seen.add(link.name())) return false;
        return link.lower().stream()
                .anyMatch(lower -> lower.equals(name)
                        || fabric.link(host, lower)
                                .filter(one -> reaches(one, name, seen))
                                .isPresent());
    }

    private void refuse(Bridge bridge, String member, String summary, String detail) {
        refusals.conflict(bridge.at(), "members", member, summary, detail);
    }
}
