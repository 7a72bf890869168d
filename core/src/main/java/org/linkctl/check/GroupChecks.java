package org.linkctl.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Group;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Pair;
import org.linkctl.model.Site;
import org.linkctl.model.Tunnel;

/** Groups of nothing, of what is not there, and with the name of something that a name stands for as well. */
final class GroupChecks {
    private final Refusals refusals;
    private final Set<String> names = new HashSet<>();

    GroupChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        fabric.groups().forEach(group -> names.add(group.name()));
        Map<String, String> taken = new HashMap<>();
        for (Hub hub : fabric.hubs()) taken.put(hub.name(), "the hub at " + hub.at());
        for (Tunnel tunnel : fabric.tunnels()) {
            taken.put(tunnel.name(), "the tunnel at " + tunnel.at());
            String tunnels = tunnel.group();
            if (tunnels != null) taken.put(tunnels, "the tunnels at " + tunnel.at());
        }
        for (Site site : fabric.sites()) taken.put(site.name(), "the site at " + site.at());
        for (Pair pair : fabric.pairs()) taken.put(pair.name(), "the pair at " + pair.at());
        for (Host host : fabric.hosts()) taken.put(host.name(), "the host at " + host.at());
        List<String> known = Stream.of(
                        fabric.hosts().stream().map(Host::name),
                        fabric.pairs().stream().map(Pair::name),
                        fabric.sites().stream().map(Site::name))
                .flatMap(names -> names)
                .distinct()
                .toList();
        Map<String, Place> groups = new HashMap<>();
        for (Group group : fabric.groups()) {
            Place first = groups.putIfAbsent(group.name(), group.at());
            String named = "'" + Names.shown(group.name()) + "'";
            if (first != null) {
                refuse(
                        group,
                        "name",
                        group.name(),
                        "a group named " + named + " is declared twice",
                        "also at " + first);
            }
            String other = taken.get(group.name());
            if (other != null) {
                refuse(
                        group,
                        "name",
                        group.name(),
                        "group " + named + " has the name of " + other,
                        "--limit, drain and playbooks take names of both");
            }
            members(fabric, group, known);
        }
    }

    private boolean isGroup(String name) {
        return names.contains(name);
    }

    private void members(Fabric fabric, Group group, List<String> known) {
        if (group.members().isEmpty()) {
            refusals.alone(group.at(), "hosts", "group '" + Names.shown(group.name()) + "' has no hosts", "");
        }
        Set<String> seen = new HashSet<>();
        for (String member : group.members()) {
            if (!known.contains(member) && isGroup(member)) {
                String summary = "hosts: '" + Names.shown(member) + "' is a group";
                refusals.otherKind(
                        group.at(), "hosts", member, summary, "a group is in no other one: name its hosts", null);
            } else if (!known.contains(member)) {
                boolean other = new OtherKind(refusals, fabric)
                        .refuses(group.at(), "hosts", member, "host, pair or site", "a group is of hosts");
                if (!other) refusals.unknown(group.at(), "hosts", "host, pair or site", member, known);
            } else if (!seen.add(member)) {
                String summary = "hosts: names '" + Names.shown(member) + "' twice";
                refusals.twice(group.at(), "hosts", member, summary, "");
            }
        }
    }

    private void refuse(Group group, String attribute, String value, String summary, String detail) {
        refusals.conflict(group.at(), attribute, value, summary, detail);
    }
}
