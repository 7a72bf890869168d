package org.linkctl.dsl.words;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Group;
import org.linkctl.model.Host;
import org.linkctl.model.Intent;
import org.linkctl.model.Link;
import org.linkctl.model.Route;
import org.linkctl.model.Site;
import org.linkctl.model.Vlan;

/** What the words of an inventory declare, in the order of the file; makes the fabric of it. */
public final class Declarations {
    /** Bytes; what the checks refuse of a carrier is not told of its VLANs as well. */
    private static final int SMALLEST_MTU = 1280;

    private static final int LARGEST_MTU = 65_535;

    /** When a declaration is expanded: after the results of all earlier stages are known. */
    enum Stage {
        DECLARED,
        PLANNED,
        ROUTED
    }

    /** A declaration that is expanded once the fabric is known as far as its stage needs. */
    interface Expandable {
        List<? extends Intent> expand(Fabric known);

        Stage stage();
    }

    /** No record: its hash would be made of its fields, by code that is made at its first use, in each start. */
    private static final class At implements Expandable {
        private final Stage stage;
        private final Function<Fabric, List<? extends Intent>> expansion;

        At(Stage stage, Function<Fabric, List<? extends Intent>> expansion) {
            this.stage = stage;
            this.expansion = expansion;
        }

        @Override
        public Stage stage() {
            return stage;
        }

        @Override
        public List<? extends Intent> expand(Fabric known) {
            return expansion.apply(known);
        }
    }

    private final List<Site> sites = new ArrayList<>();
    private final List<Host> hosts = new ArrayList<>();
    private final List<Expandable> intents = new ArrayList<>();
    private final List<TunnelGroup> groups = new ArrayList<>();
    private final Map<String, Group> tags = new LinkedHashMap<>();
    private @Nullable String name;

    Declarations() {}

    void name(String fabric) {
        name = fabric;
    }

    /** The fabric's name; null where no fabric is declared. */
    public @Nullable String name() {
        return name;
    }

    void add(Site site) {
        sites.add(site);
    }

    void add(Host host) {
        hosts.add(host);
    }

    void add(Intent intent) {
        intents.add(new At(Stage.DECLARED, known -> List.of(intent)));
    }

    void add(TunnelGroup group) {
        groups.add(group);
        intents.add(group);
    }

    /** A host has a tag: those of one tag are a group. */
    void tag(String tag, String host, Place at) {
        Group before = tags.getOrDefault(tag, new Group(tag, List.of(), at));
        List<String> hosts = new ArrayList<>(before.members());
        if (!hosts.contains(host)) hosts.add(host);
        tags.put(tag, new Group(tag, hosts, before.at()));
    }

    /** A route, which may name a group of tunnels: those are known when all groups were expanded. */
    void route(Function<Fabric, Route> route) {
        intents.add(new At(Stage.ROUTED, known -> List.of(route.apply(known))));
    }

    public List<TunnelGroup> groups() {
        return groups;
    }

    /**
     * The fabric, in the declared order. Groups of tunnels are expanded with what is declared in full, routes with all
     * tunnels, whatever their order in the file.
     */
    public Fabric fabric() {
        String title = name == null ? "" : name;
        Map<Expandable, List<? extends Intent>> expanded = new LinkedHashMap<>();
        for (Stage stage : Stage.values()) {
            Fabric known = together(title, expanded);
            for (Expandable each : intents) if (each.stage() == stage) expanded.put(each, each.expand(known));
        }
        return together(title, expanded);
    }

    private Fabric together(String title, Map<Expandable, List<? extends Intent>> expanded) {
        List<Intent> known = new ArrayList<>();
        for (Expandable each : intents) known.addAll(expanded.getOrDefault(each, List.of()));
        known.addAll(tags.values());
        carriedMtu(known);
        return new Fabric(title, sites, hosts, known);
    }

    /** A VLAN without an MTU has that of what carries it when it is made and after a boot: so it is kept in between, too. */
    private static void carriedMtu(List<Intent> known) {
        Map<String, Integer> declared = new HashMap<>();
        for (Intent one : known) {
            if (!(one instanceof Link link)) continue;
            Integer mtu = link.mtu();
            if (mtu != null && mtu >= SMALLEST_MTU && mtu <= LARGEST_MTU)
                declared.put(link.host() + " " + link.name(), mtu);
        }
        if (declared.isEmpty()) return;
        for (int i = 0; i < known.size(); i++) {
            if (!(known.get(i) instanceof Vlan vlan) || vlan.mtu() != null) continue;
            Integer mtu = declared.get(vlan.host() + " " + vlan.on());
            if (mtu != null) known.set(i, vlan.withMtu(mtu));
        }
    }
}
