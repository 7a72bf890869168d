package org.linkctl.check;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.diag.Place;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.HostIntent;
import org.linkctl.model.Hub;
import org.linkctl.model.Intent;
import org.linkctl.model.Link;
import org.linkctl.model.Pair;
import org.linkctl.model.Publish;
import org.linkctl.model.Site;
import org.linkctl.model.Sysctl;
import org.linkctl.model.Tunnel;

/** Names that two things have, and names that nothing has. */
final class NameChecks {
    private final Refusals refusals;

    NameChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        Map<String, Place> seen = new HashMap<>();
        for (Site site : fabric.sites()) once(seen, "site", site.name(), site.at());
        for (Host host : fabric.hosts()) once(seen, "host", host.name(), host.at());
        for (Pair pair : fabric.pairs()) once(seen, "pair", pair.name(), pair.at());
        for (Balance balance : fabric.all(Balance.class)) once(seen, "balance", balance.name(), balance.at());
        for (Hub hub : fabric.hubs()) once(seen, "hub", hub.name(), hub.at());
        for (Publish publish : fabric.all(Publish.class)) once(seen, "publish", publish.name(), publish.at());
        tunnels(fabric);
        for (Host host : fabric.hosts()) sysctls(fabric.of(Sysctl.class, host));
        List<String> sites = fabric.sites().stream().map(Site::name).toList();
        for (Host host : fabric.hosts()) {
            if (!fabric.hasSite(host.site())) refusals.unknown(host.at(), "site", "site", host.site(), sites);
        }
        Set<String> hosts =
                fabric.hosts().stream().map(Host::name).collect(Collectors.toCollection(LinkedHashSet::new));
        for (Intent intent : fabric.intents()) {
            if (intent instanceof Link link) on(hosts, link.host(), link.at());
            else if (intent instanceof Sysctl sysctl) on(hosts, sysctl.host(), sysctl.at());
            else if (intent instanceof HostIntent declared) on(hosts, declared.host(), declared.at());
        }
        OtherKind other = new OtherKind(refusals, fabric);
        for (Tunnel tunnel : fabric.tunnels()) {
            for (Tunnel.End end : tunnel.ends()) {
                if (end.unmanaged() != null || hosts.contains(end.host())) continue;
                boolean pair =
                        fabric.pairs().stream().anyMatch(one -> one.name().equals(end.host()));
                String rule = "a tunnel ends on one host"
                        + (pair ? "; a hub takes a pair: hub(on: '" + Names.shown(end.host()) + "')" : "");
                if (!other.refuses(end.at(), "name", end.host(), "host", rule))
                    refusals.unknown(end.at(), "name", "host", end.host(), hosts);
            }
        }
    }

    private void on(Set<String> hosts, String host, Place at) {
        if (!hosts.contains(host)) refusals.unknown(at, "host", "host", host, hosts);
    }

    private void once(Map<String, Place> seen, String kind, String name, Place at) {
        Place first = seen.putIfAbsent(kind + " " + name, at);
        if (first != null) twice(at, name, "a " + kind + " named '" + Names.shown(name) + "' is declared twice", first);
    }

    private void twice(Place at, String name, String summary, Place first) {
        refusals.conflict(at, "name", name, summary, "also declared at " + first);
    }

    /** A tunnel's name, which is also an interface's, and a group's are one kind: {@code via:} takes both. */
    private void tunnels(Fabric fabric) {
        Map<String, Tunnel> seen = new HashMap<>();
        for (Tunnel tunnel : fabric.tunnels()) {
            Tunnel first = seen.putIfAbsent(tunnel.name(), tunnel);
            String group = tunnel.group();
            String named = "'" + Names.shown(tunnel.name()) + "'";
            if (first != null && group != null && group.equals(first.group())) {
                twice(tunnel.at(), group, "tunnels named '" + Names.shown(group) + "' are declared twice", first.at());
            } else if (first != null && group != null) {
                String summary =
                        "tunnels '" + Names.shown(group) + "' would name one " + named + ", as another tunnel is";
                twice(tunnel.at(), group, summary, first.at());
            } else if (first != null) {
                twice(tunnel.at(), tunnel.name(), "a tunnel named " + named + " is declared twice", first.at());
            }
        }
        for (Tunnel tunnel : fabric.tunnels()) {
            String group = tunnel.group();
            Tunnel other = group == null ? null : seen.get(group);
            if (group == null || other == null) continue;
            String summary = "tunnels '" + Names.shown(group) + "' have the name of a single tunnel";
            twice(tunnel.at(), group, summary, other.at());
        }
    }

    private void sysctls(List<Sysctl> sysctls) {
        Map<String, Sysctl> seen = new HashMap<>();
        for (Sysctl sysctl : sysctls) {
            Sysctl first = seen.putIfAbsent(sysctl.key(), sysctl);
            if (first == null) continue;
            refusals.conflict(
                    sysctl.at(),
                    "name",
                    sysctl.key(),
                    "'" + Names.shown(sysctl.key()) + "' is set twice on " + Names.shown(sysctl.host()),
                    "to '" + Names.shown(first.value()) + "' at " + first.at());
        }
    }
}
