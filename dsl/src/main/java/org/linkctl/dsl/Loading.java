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
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Intent;
import org.linkctl.model.Route;
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
    private final Set<Place> blurred = new HashSet<>();
    private final Set<Place> troubles = new HashSet<>();
    private final Set<Place> clouded = new HashSet<>();
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

    /** Something at this place could not be read: what only follows from that is not reported. */
    void blur(Place place) {
        troubles.add(place);
    }

    /** Later than the trouble itself: by then all words and their braces are known. */
    private void settle() {
        for (Place trouble : troubles) {
            List<Call> around = sources.around(trouble);
            around.forEach(call -> clouded.add(call.at()));
            if (around.isEmpty()) continue;
            blurred.add(around.getFirst().at());
            if (around.size() > 1 && around.get(1).isTunnel())
                blurred.add(around.get(1).at());
        }
        troubles.clear();
    }

    /** Whether something of this word itself, or of an end of this tunnel, could not be read. */
    boolean isBlurred(Place word) {
        settle();
        return blurred.contains(word);
    }

    /** Whether something of this word, or anywhere in its braces, could not be read. */
    boolean isClouded(Place word) {
        settle();
        return clouded.contains(word);
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
        Path found = files.find(name);
        if (sources.has(found.toString()) || found.equals(file)) {
            throw files.failure("'" + Words.shown(name) + "' is included already");
        }
        if (!Inventory.run(this, found, PartScript.FABRIC, fabric)) whole = false;
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
        blur(diagnostic.at());
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
