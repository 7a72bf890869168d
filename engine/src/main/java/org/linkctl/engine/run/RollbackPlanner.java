package org.linkctl.engine.run;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.engine.guard.History;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.engine.guard.PlannedRollback;
import org.linkctl.engine.guard.SharedChanges;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Tunnel;
import org.linkctl.spi.Resource;

/**
 * Decides which run is undone on which host; pure. A run is undone only where no run of another inventory came after
 * it, and at all ends of what it changed or at none: a tunnel whose ends differ in a key or a port does not work.
 */
final class RollbackPlanner {
    private final Fabric fabric;
    private final Map<Host, History> histories;
    private final Map<Host, PlannedRollback> planned = new LinkedHashMap<>();

    private RollbackPlanner(Fabric fabric, Collection<Host> chosen, Map<Host, History> histories) {
        this.fabric = fabric;
        this.histories = histories;
        for (Host host : chosen) planned.put(host, own(java.util.Objects.requireNonNull(histories.get(host))));
        boolean changed;
        do {
            changed = false;
            for (Host host : chosen) changed |= refuse(host);
        } while (changed);
    }

    /**
     * @param chosen the hosts on which runs are to be undone, in the order of the result
     * @param histories theirs, and those of hosts that share tunnels with them
     */
    static Map<Host, PlannedRollback> of(Fabric fabric, Collection<Host> chosen, Map<Host, History> histories) {
        return new RollbackPlanner(fabric, chosen, histories).planned;
    }

    private PlannedRollback own(History history) {
        return switch (history) {
            case History.Unreachable(String why) -> new PlannedRollback.Unreachable(why);
            case History.Known(var runs) -> last(runs);
        };
    }

    private PlannedRollback last(List<PastRun> runs) {
        List<PastRun> confirmed = runs.stream().filter(PastRun::confirmed).toList();
        Optional<PastRun> ours = confirmed.stream().filter(this::ours).findFirst();
        if (ours.isEmpty()) return new PlannedRollback.Nothing();
        PastRun top = confirmed.getFirst();
        if (ours(top)) return new PlannedRollback.Undoes(top);
        return new PlannedRollback.Refused("run " + top.id() + " of another inventory (" + named(top)
                + ") lies on top of run " + ours.get().id() + "; that one has to be rolled back first");
    }

    private boolean ours(PastRun run) {
        return run.fabric().equals(fabric.name());
    }

    private static String named(PastRun run) {
        String by = run.who().isEmpty() ? "" : ", by " + run.who();
        return "'" + (run.fabric().isEmpty() ? "?" : run.fabric()) + "', "
                + run.about().getOrDefault("inventory", "file unknown") + by;
    }

    /**
     * Refuses a host's rollback where another host that the run changed would not be rolled back; says whether it did.
     */
    private boolean refuse(Host host) {
        if (!(planned.get(host) instanceof PlannedRollback.Undoes(PastRun run))) return false;
        Optional<String> why = sharedButKept(host, run);
        why.ifPresent(said -> planned.put(host, new PlannedRollback.Refused(said)));
        return why.isPresent();
    }

    private Optional<String> sharedButKept(Host host, PastRun run) {
        for (String path : paths(host, run)) {
            for (Host end : ends(path)) {
                Optional<String> why = end.equals(host) ? Optional.empty() : whyNotTogether(end, run, path);
                if (why.isPresent()) return why;
            }
        }
        for (String partner : run.touched().orElse(SharedChanges.NOTHING).partners()) {
            Optional<String> why = fabric.host(partner).flatMap(one -> whyNotTogether(one, run, ""));
            if (why.isPresent()) return why;
        }
        return Optional.empty();
    }

    /**
     * The paths that other hosts may be ends of; a path through one of several hosts has no other end ({@link
     * Resource#member}). Where the host has not recorded what the run changed, it may have changed all tunnels.
     */
    private Collection<String> paths(Host host, PastRun run) {
        return run.touched()
                .map(touched -> touched.paths().stream()
                        .filter(path -> Resource.memberHost(path).isEmpty())
                        .sorted()
                        .toList())
                .orElseGet(() -> fabric.tunnels(host).stream().map(Tunnel::name).toList());
    }

    /** The hosts at the ends of a path. For one that is no longer declared any host may be an end. */
    private Set<Host> ends(String path) {
        Set<Host> out = new LinkedHashSet<>();
        for (Tunnel tunnel : fabric.tunnels()) {
            if (!tunnel.name().equals(path)) continue;
            tunnel.ends().forEach(end -> fabric.host(end.host()).ifPresent(out::add));
        }
        if (out.isEmpty()) out.addAll(histories.keySet());
        return out;
    }

    /** Why a host that shares a path with this one, or changed in the same run, would not be rolled back too. */
    private Optional<String> whyNotTogether(Host other, PastRun run, String path) {
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
        return switch (planned.get(other)) {
            case null -> Optional.of("it is not part of this rollback");
            case PlannedRollback.Undoes(PastRun one) ->
                one.id().equals(run.id())
                        ? Optional.empty()
                        : Optional.of("run " + one.id() + " came later there, and would be undone instead");
            case PlannedRollback.Refused(String why) -> Optional.of(why);
            case PlannedRollback.Unreachable(String why) -> Optional.of(why);
            case PlannedRollback.Nothing() -> Optional.of("nothing is undone there");
        };
    }
}
