package org.linkctl.modules.linux.ecmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.modules.routes.RouteProgram;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Refused;

/** How the routes that were found differ from those that are wanted, and what ends each difference. */
final class EcmpDiff {
    /** Routes that somebody made by hand, or we did. Whatever else sets a route would set it again. */
    private static final Set<String> NOBODYS = Set.of("boot", "static", EcmpModule.PROTOCOL);

    /** A difference, and what ends it. */
    private sealed interface Fix {
        Change change();
    }

    private record File(Change change, Step step) implements Fix {}

    /** A file that says of a tunnel whether the script is to use it. */
    private record Mark(Change change, Step step) implements Fix {}

    /** The script's work; {@code back} takes it back. */
    private record Replace(Change change, Argv back) implements Fix {}

    private record Remove(Change change, KernelRoute route) implements Fix {}

    /** The script's work, too, before the routes. */
    private record Group(Change change, NexthopDiff.Undo undo) implements Fix {}

    /** A nexthop object that no route needs any more. */
    private record Leftover(Change change, Step step) implements Fix {}

    private EcmpDiff() {}

    static List<Change> changes(EcmpWant want, EcmpModule.Facts have) {
        return fixes(want, have).stream().map(Fix::change).toList();
    }

    /**
     * Files, then one run of the script for all routes, then the removal of what is in the way. A mark that changes is
     * followed by the script, even where the routes are as they shall be: a tunnel that was found dead may answer by now,
     * and the watcher has left it out for the mark's sake.
     */
    static List<Step> steps(EcmpWant want, EcmpModule.Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        List<Step> out = new ArrayList<>();
        List<Argv> first = new ArrayList<>();
        List<Argv> undo = new ArrayList<>();
        List<Argv> then = new ArrayList<>();
        List<Step> last = new ArrayList<>();
        boolean apply = false;
        for (Fix fix : fixes(want, have)) {
            if (!changes.contains(fix.change())) continue;
            switch (fix) {
                case Replace(Change change, Argv back) -> {
                    apply = true;
                    undo.add(back);
                }
                case Remove(Change change, KernelRoute route) ->
                    last.add(Step.run(new Argv(route.command("del")), new Argv(route.command("append"))));
                case Group(Change change, NexthopDiff.Undo back) -> {
                    apply = true;
                    first.addAll(back.before());
                    then.addAll(back.after());
                }
                case Leftover(Change change, Step step) -> last.add(step);
                case File(Change change, Step step) -> out.add(step);
                case Mark(Change change, Step step) -> {
                    apply = true;
                    out.add(step);
                }
            }
        }
        first.addAll(undo);
        first.addAll(then);
        if (apply) out.add(new Step.Run(Argv.of(RouteProgram.path(want.label()), "apply"), first));
        out.addAll(last);
        return out;
    }

    private static List<Fix> fixes(EcmpWant want, EcmpModule.Facts have) {
        List<Fix> out = new ArrayList<>();
        String path = RouteProgram.path(want.label());
        String script = EcmpScript.text(want);
        if (!script.equals(have.script())) {
            out.add(new File(Change.file(path, have.script(), script), Step.put(path, "0755", script)));
        }
        if (!want.watched()) {
            for (String tunnel : have.dead()) {
                String mark = EcmpScript.STATE.dead(tunnel);
                out.add(new Mark(Change.file(mark, "", null), new Step.RemoveFile(mark)));
            }
        }
        for (String tunnel : want.spreads()) marks(want, have, tunnel).ifPresent(out::add);
        boolean grouped = want.watched() && have.nexthops().resilient();
        if (grouped) {
            for (NexthopDiff.Wrong wrong : NexthopDiff.groups(want, have))
                out.add(new Group(wrong.change(), wrong.undo()));
        }
        List<EcmpWant.Target> targets = have.standsBy() ? List.of() : want.targets();
        for (EcmpWant.Target target : targets) {
            out.addAll(fixes(
                    want.route(target, want.watched() ? have.dead() : Set.of(), grouped),
                    have.routes().getOrDefault(target.prefix(), List.of()).stream()
                            .filter(found -> !isLearned(want, found))
                            .toList()));
        }
        have.stale().forEach(route -> out.add(remove(route)));
        NexthopDiff.leftovers(have, device -> grouped && want.isMember(device))
                .forEach(gone -> out.add(new Leftover(gone.change(), gone.step())));
        return out;
    }

    /**
     * One of BGP over the same tunnels: the route was by BGP before, and goes with the sessions. Until then its metric keeps it
     * behind this one (zebra: 20).
     */
    private static boolean isLearned(EcmpWant want, KernelRoute found) {
        return found.protocol().equals("bgp") && !found.isOrdinary() && found.isOver(want.spreads());
    }

    /** The mark by which the script, and whoever runs it meanwhile, leaves a tunnel out while it is changed. */
    private static Optional<Fix> marks(EcmpWant want, EcmpModule.Facts have, String tunnel) {
        boolean wanted = want.drained().contains(tunnel);
        if (wanted == have.drained().contains(tunnel)) return Optional.empty();
        String path = EcmpScript.STATE.drained(tunnel);
        Change change = Change.file(path, wanted ? null : "", wanted ? "" : null);
        return Optional.of(new Mark(change, wanted ? Step.put(path, "0644", "") : new Step.RemoveFile(path)));
    }

    /** Of several routes to one prefix, the kernel takes the one with the least metric: ours is to be the only one. */
    private static List<Fix> fixes(KernelRoute wanted, List<KernelRoute> found) {
        for (KernelRoute route : found) {
            if (!NOBODYS.contains(route.protocol())) {
                throw new Refused(
                        "the route to " + route.prefix() + " (" + route.shown() + ") is set by '" + route.protocol()
                                + "', not by linkctl: take it out there, or the prefix out of the inventory");
            }
        }
        List<Fix> out = new ArrayList<>();
        KernelRoute ours =
                found.stream().filter(KernelRoute::isOrdinary).findFirst().orElse(null);
        if (ours == null || !ours.isAs(wanted)) {
            Change change =
                    Change.state("route " + wanted.prefix(), ours == null ? null : ours.shown(), wanted.shown());
            out.add(new Replace(
                    change, new Argv((ours == null ? wanted : ours).command(ours == null ? "del" : "replace"))));
        }
        List<KernelRoute> others = new ArrayList<>(found);
        others.remove(ours);
        others.forEach(route -> out.add(remove(route)));
        return out;
    }

    private static Fix remove(KernelRoute route) {
        return new Remove(Change.state("route " + route.prefix() + " " + route.shown(), route.shown(), null), route);
    }
}
