package org.linkctl.dsl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linkctl.check.Names;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Intent;
import org.linkctl.model.Route;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Site;

/** What one run over an inventory gathers. */
final class Loading {
    /** What has to be known before something can be worked out: all that the stages before gave. */
    enum Stage {
        DECLARED,
        PLANNED,
        ROUTED
    }

    /** Something that was asked for at its own stage. */
    private record At(Stage stage, Function<Fabric, List<? extends Intent>> expansion) implements Later {
        @Override
        public List<? extends Intent> expand(Fabric known) {
            return expansion.apply(known);
        }
    }

    /** Something that can only be worked out once every host, bond and tunnel is known. */
    interface Later {
        List<? extends Intent> expand(Fabric known);

        Stage stage();
    }

    private final Sources sources;
    private final Path file;
    private final Set<Diagnostic> diagnostics = new LinkedHashSet<>();
    private final Map<Place, Call> calls = new LinkedHashMap<>();
    private final Troubles troubles;
    private final Set<String> mentioned = new HashSet<>();
    private final List<Site> sites = new ArrayList<>();
    private final List<Host> hosts = new ArrayList<>();
    private final List<Later> intents = new ArrayList<>();
    private final List<TunnelGroup> groups = new ArrayList<>();
    private boolean whole = true;
    private @Nullable String name;

    Loading(Sources sources, Path file) {
        this.sources = sources;
        this.file = file;
        this.troubles = new Troubles(sources);
    }

    /** The inventory that was asked for. */
    Path file() {
        return file;
    }

    Sources sources() {
        return sources;
    }

    /** The use of a word that the script is at. */
    Call here() {
        Call call = sources.here();
        calls.put(call.at(), call);
        return call;
    }

    /** The same for a word that declares something: bytecode tells the place of the last word among its values. */
    Call declaring() {
        Call last = sources.here();
        Call call = !Vocabulary.VALUES.contains(last.word())
                ? last
                : sources.around(last.at()).stream()
                        .filter(around -> !Vocabulary.VALUES.contains(around.word()))
                        .findFirst()
                        .orElse(last);
        calls.put(call.at(), call);
        return call;
    }

    /** The reference that the script makes here. */
    SecretRef secret(String name) {
        Call call = sources.within(here(), "secret", name);
        if (!Names.isSecret(name)) {
            error(
                    call.ofName(),
                    "secret: '" + Words.shown(name) + "' is no name of a secret",
                    "it has letters, digits and _ . - and may have several such parts, with / between them",
                    null);
        }
        return new SecretRef(name, call.at());
    }

    Troubles troubles() {
        return troubles;
    }

    /** A statement that was left out says this; it might have declared it. */
    void mention(String text) {
        mentioned.add(text);
    }

    boolean isMentioned(String text) {
        return mentioned.contains(text);
    }

    void name(String fabric) {
        name = fabric;
    }

    @Nullable
    String name() {
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

    List<TunnelGroup> groups() {
        return groups;
    }

    void include(String name, FabricSpec fabric) {
        DataFiles files = new DataFiles(this);
        try {
            Path found = files.find(name);
            if (sources.has(found.toString()) || found.equals(file)) {
                throw files.failure("'" + Words.shown(name) + "' is included already");
            }
            if (!Inventory.run(this, found, PartScript.FABRIC, fabric)) whole = false;
        } catch (Thrown.Failure failure) {
            missing(failure);
        }
    }

    /** What a file would have held is not known; the rest is looked at all the same. */
    void missing(Thrown.Failure failure) {
        report(failure.diagnostic());
        whole = false;
    }

    /** Whether all files came to their ends. */
    boolean isWhole() {
        return whole;
    }

    /** A route, whose tunnels may be a group's. */
    void route(Function<Fabric, Route> route) {
        intents.add(new At(Stage.ROUTED, known -> List.of(route.apply(known))));
    }

    void error(Place at, String summary, String detail, @Nullable String suggestion) {
        report(Diagnostic.error(at, summary).detail(detail).suggest(suggestion));
    }

    void report(Diagnostic diagnostic) {
        diagnostics.add(diagnostic);
        troubles.at(diagnostic.at());
    }

    List<Diagnostic> diagnostics() {
        return diagnostics.stream().sorted().toList();
    }

    boolean failed() {
        return diagnostics.stream().anyMatch(one -> one.severity() == Diagnostic.Severity.ERROR);
    }

    @Nullable
    Call callAt(Place place) {
        return calls.get(place);
    }

    /**
     * Everything together, in the declared order. What is declared in full is known to the tunnels that are planned,
     * and those to the routes, wherever in the file they stand.
     */
    Fabric fabric() {
        String title = name == null ? "" : name;
        Map<Later, List<? extends Intent>> expanded = new LinkedHashMap<>();
        for (Stage stage : Stage.values()) {
            Fabric known = together(title, expanded);
            for (Later later : intents) if (later.stage() == stage) expanded.put(later, later.expand(known));
        }
        return together(title, expanded);
    }

    private Fabric together(String title, Map<Later, List<? extends Intent>> expanded) {
        List<Intent> known = new ArrayList<>();
        for (Later later : intents) known.addAll(expanded.getOrDefault(later, List.of()));
        return new Fabric(title, sites, hosts, known);
    }
}
