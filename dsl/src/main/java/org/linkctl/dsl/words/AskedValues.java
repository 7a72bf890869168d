package org.linkctl.dsl.words;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.source.WordUse;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Site;
import org.linkctl.model.Tunnel;
import org.linkctl.plan.Linked;
import org.linkctl.plan.Way;

/** What a playbook asks of the inventory by the words that give a value; what they name is looked up as for a step. */
final class AskedValues {
    private final PlaybookRun run;
    private final ModelValues model;
    private final Fabric fabric;
    private final String word;
    private final @Nullable Object what;

    AskedValues(PlaybookRun run, ModelValues model, String word, @Nullable Object what) {
        this.run = run;
        this.model = model;
        this.fabric = run.fabric();
        this.word = word;
        this.what = what;
    }

    /** True, too, where an error is reported: what would follow from the opposite says nothing new. */
    boolean hasOtherWay() {
        return switch (what) {
            case Tunnel tunnel -> hasOtherWay(Set.of(tunnel.name()));
            case Host host -> hasOtherWay(host);
            case CharSequence name -> named(name.toString());
            case null, default -> wrong("a tunnel or a host, or its name");
        };
    }

    private boolean named(String name) {
        List<Tunnel> tunnels = model.tunnelsCalled(name);
        if (!tunnels.isEmpty())
            return hasOtherWay(tunnels.stream().map(Tunnel::name).collect(Collectors.toSet()));
        Optional<Host> host = fabric.host(name);
        if (host.isPresent()) return hasOtherWay(host.get());
        Set<String> known = new LinkedHashSet<>(model.tunnelNames());
        fabric.hosts().forEach(one -> known.add(one.name()));
        model.unknown(use().ofName(), "tunnel or host", name, known);
        return true;
    }

    private boolean hasOtherWay(Set<String> tunnels) {
        boolean routed = fabric.routes().stream()
                .anyMatch(route -> tunnels.stream().anyMatch(tunnel -> fabric.leadsBy(route, tunnel)));
        return routed && Way.lost(fabric, tunnels).isEmpty();
    }

    private boolean hasOtherWay(Host host) {
        Way way = Way.through(fabric, host);
        return !way.paths().isEmpty() && Way.lost(fabric, way.paths()).isEmpty();
    }

    List<Host> linked() {
        if (what == null) {
            wrong("hosts, a pair or a site, or the name of one or of a group");
            return List.of();
        }
        Set<Host> hosts = new LinkedHashSet<>();
        for (Object one : what instanceof Collection<?> all ? all : List.of(what)) hosts.addAll(hosts(one));
        return Linked.to(fabric, new ArrayList<>(hosts));
    }

    /** A site that has no hosts yet is linked to nothing. */
    private List<Host> hosts(@Nullable Object one) {
        if (!(one instanceof Site site)) return model.hosts(use(), "", one == null ? "" : one);
        return fabric.hosts().stream()
                .filter(host -> host.site().equals(site.name()))
                .toList();
    }

    private boolean wrong(String expected) {
        run.error(use().ofName(), word + ": expected " + expected + ", got " + MessageText.quoted(what), "", null);
        return true;
    }

    /** Among the values of another word this one has the place of that. */
    private WordUse use() {
        WordUse here = run.position().here();
        return here.word().equals(word)
                ? here
                : run.diagnostics().sources().useWithin(here, word, String.valueOf(what));
    }
}
