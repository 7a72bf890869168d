package org.linkctl.engine.run;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.engine.History;
import org.linkctl.engine.Reversal;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.engine.guard.Touched;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Tunnel;

/**
 * Which run is undone on which host: pure. A run is undone only where no run of another inventory lies on top of it, and
 * at all ends of what it changed or at none: a tunnel whose ends differ in a key or a port is a tunnel that is lost.
 */
final class Reversals {
    private final Fabric fabric;
    private final Map<Host, History> histories;
    private final Map<Host, Reversal> reversals = new LinkedHashMap<>();

    private Reversals(Fabric fabric, Collection<Host> chosen, Map<Host, History> histories) {
        this.fabric = fabric;
        this.histories = histories;
        for (Host host : chosen) reversals.put(host, own(java.util.Objects.requireNonNull(histories.get(host))));
        boolean moved;
        do {
            moved = false;
            for (Host host : chosen) moved |= refuse(host);
        } while (moved);
    }

    /**
     * @param chosen those on which runs are to be undone, in the order of the result
     * @param histories theirs, and of those that share tunnels with them
     */
    static Map<Host, Reversal> of(Fabric fabric, Collection<Host> chosen, Map<Host, History> histories) {
        return new Reversals(fabric, chosen, histories).reversals;
    }

    private Reversal own(History history) {
        return switch (history) {
            case History.Unreachable(String why) -> new Reversal.Unreachable(why);
            case History.Known(var runs) -> last(runs);
        };
    }

    private Reversal last(List<PastRun> runs) {
        List<PastRun> confirmed = runs.stream().filter(PastRun::confirmed).toList();
        Optional<PastRun> ours = confirmed.stream().filter(this::ours).findFirst();
        if (ours.isEmpty()) return new Reversal.Nothing();
        PastRun top = confirmed.getFirst();
        if (ours(top)) return new Reversal.Undoes(top);
        return new Reversal.Refused("run " + top.id() + " of another inventory (" + named(top) + ") lies on top of run "
                + ours.get().id() + "; that one has to be rolled back first");
    }

    private boolean ours(PastRun run) {
        return run.fabric().equals(fabric.name());
    }

    private static String named(PastRun run) {
        String by = run.who().isEmpty() ? "" : ", by " + run.who();
        return "'" + (run.fabric().isEmpty() ? "?" : run.fabric()) + "', "
                + run.about().getOrDefault("inventory", "file unknown") + by;
    }

    /** Whether a host's run may not be undone after all, since somebody else's part of it is not. */
    private boolean refuse(Host host) {
        if (!(reversals.get(host) instanceof Reversal.Undoes(PastRun run))) return false;
        Optional<String> why = alone(host, run);
        why.ifPresent(said -> reversals.put(host, new Reversal.Refused(said)));
        return why.isPresent();
    }

    private Optional<String> alone(Host host, PastRun run) {
        for (String path : paths(host, run)) {
            for (Host end : ends(path)) {
                Optional<String> why = end.equals(host) ? Optional.empty() : apart(end, run, path);
                if (why.isPresent()) return why;
            }
        }
        for (String partner : run.touched().orElse(Touched.NOTHING).partners()) {
            Optional<String> why = fabric.host(partner).flatMap(one -> apart(one, run, ""));
            if (why.isPresent()) return why;
        }
        return Optional.empty();
    }

    /** A run of which the host does not know what it touched may have touched all. */
    private Collection<String> paths(Host host, PastRun run) {
        return run.touched()
                .map(touched -> touched.paths().stream().sorted().toList())
                .orElseGet(() -> fabric.tunnels(host).stream().map(Tunnel::name).toList());
    }

    /** Where else a path ends. Of one that is declared no more only the hosts know: whoever is silent may be one of them. */
    private Set<Host> ends(String path) {
        Set<Host> out = new LinkedHashSet<>();
        for (Tunnel tunnel : fabric.tunnels()) {
            if (!tunnel.name().equals(path)) continue;
            tunnel.ends().forEach(end -> fabric.host(end.host()).ifPresent(out::add));
        }
        if (out.isEmpty()) out.addAll(histories.keySet());
        return out;
    }

    /** Why a host that shares a path, or has to change in the same run, would not go back as well. */
    private Optional<String> apart(Host other, PastRun run, String path) {
        String what = other.name()
                + (path.isEmpty() ? ", which changed in the same run," : ", the other end of " + path + ",");
        return switch (histories.get(other)) {
            case null -> Optional.empty();
            case History.Unreachable(String why) ->
                Optional.of(what + " cannot be looked at, and would be left with what this run made: " + why);
            case History.Known(var runs) -> {
                if (runs.stream().noneMatch(one -> shares(one, run, path))) yield Optional.empty();
                yield differs(other, run).map(why -> what + " keeps what this run made: " + why);
            }
        };
    }

    private static boolean shares(PastRun one, PastRun run, String path) {
        if (!one.id().equals(run.id()) || !one.confirmed()) return false;
        return path.isEmpty()
                || one.touched().map(touched -> touched.paths().contains(path)).orElse(true);
    }

    private Optional<String> differs(Host other, PastRun run) {
        return switch (reversals.get(other)) {
            case null -> Optional.of("it is not part of this rollback");
            case Reversal.Undoes(PastRun one) ->
                one.id().equals(run.id())
                        ? Optional.empty()
                        : Optional.of("run " + one.id() + " came later there, and would be undone instead");
            case Reversal.Refused(String why) -> Optional.of(why);
            case Reversal.Unreachable(String why) -> Optional.of(why);
            case Reversal.Nothing() -> Optional.of("nothing is undone there");
        };
    }
}
