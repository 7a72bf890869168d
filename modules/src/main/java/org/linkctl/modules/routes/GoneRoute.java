package org.linkctl.modules.routes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.HubLans;
import org.linkctl.model.Route;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;

/**
 * A route over tunnels that a host has been given and the inventory no longer declares.
 *
 * @param prefixes to where it led, and no other route does now
 * @param tunnels over which; a route of linkctl's over others is another one
 * @param free those of them that no other route uses
 */
public record GoneRoute(String label, Set<Cidr> prefixes, Set<String> tunnels, Set<String> free) {
    private static final String PREFIXES = "to";
    private static final String TUNNELS = "over";

    public GoneRoute {
        prefixes = Set.copyOf(prefixes);
        tunnels = Set.copyOf(tunnels);
        free = Set.copyOf(free);
    }

    /** What a host remembers of a route that it has. */
    public static Memory memory(Collection<Cidr> prefixes, Collection<String> tunnels) {
        return Memory.OWNED
                .with(PREFIXES, prefixes.stream().map(Cidr::toString).toList())
                .with(TUNNELS, List.copyOf(tunnels));
    }

    /** The same as it is read when the inventory no longer declares the route. */
    public static GoneRoute of(Scope scope, Owned owned) {
        Set<Cidr> prefixes = new TreeSet<>();
        for (String word : owned.memory().words(PREFIXES)) Cidr.parse(word).ifPresent(prefixes::add);
        Fabric fabric = scope.fabric();
        Host host = scope.host();
        Set<String> tunnels = new TreeSet<>(owned.memory().words(TUNNELS));
        Set<String> free = new TreeSet<>(tunnels);
        for (Route route : fabric.staticRoutes(host)) {
            fabric.farLans(route, host).forEach(prefixes::remove);
            route.via().forEach(free::remove);
        }
        for (HubLans lans : HubLans.all(fabric, host)) {
            lans.farLans().forEach(prefixes::remove);
            free.remove(lans.hub().name());
        }
        return new GoneRoute(owned.name(), prefixes, tunnels, free);
    }

    /** Asks for the files by which its tunnels were marked, and for the lock of its script. */
    public List<Question.ReadFile> marks(RouteState state) {
        List<String> out = new ArrayList<>(List.of(state.lock(label)));
        for (String tunnel : new TreeSet<>(free)) {
            out.addAll(List.of(state.dead(tunnel), state.drained(tunnel), state.down(tunnel)));
        }
        return out.stream().map(Question::file).toList();
    }

    /** The paths of those that are there. */
    public Set<String> marked(RouteState state, Answers answers) {
        Set<String> out = new LinkedHashSet<>();
        for (Question.ReadFile mark : marks(state)) if (answers.to(mark).isPresent()) out.add(mark.path());
        return out;
    }

    /**
     * What goes. A script that somebody else has put in the place of ours stays, and the marks with it.
     *
     * @param script what is there of it; null: nothing
     * @param marked paths of the files that {@link #marks} found
     * @param ways the changes by which the kernel's routes go
     */
    public List<Change> changes(@Nullable String script, Set<String> marked, List<Change> ways) {
        List<Change> out = new ArrayList<>();
        boolean foreign = script != null && !OurFiles.isOurs(script);
        if (script != null && !foreign) out.add(Change.file(RouteProgram.path(label), script, null));
        out.addAll(ways);
        if (!foreign) marked.forEach(path -> out.add(Change.file(path, "", null)));
        return out;
    }

    /**
     * The files first: whoever ran the script meanwhile would set the routes again.
     *
     * @param ways the steps by which the kernel's routes go
     */
    public static List<Step> steps(List<Change> changes, List<Step> ways) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            if (change.kind() == Change.Kind.FILE) out.add(new Step.RemoveFile(change.subject()));
        }
        out.addAll(ways);
        return out;
    }
}
