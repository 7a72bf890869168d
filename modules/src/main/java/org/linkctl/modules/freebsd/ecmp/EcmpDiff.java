package org.linkctl.modules.freebsd.ecmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.kernel.Netstat;
import org.linkctl.modules.freebsd.routes.RouteDiff;
import org.linkctl.modules.freebsd.routes.RouteWay;
import org.linkctl.modules.routes.RouteProgram;
import org.linkctl.modules.wireguard.WireguardFiles.Fix;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Refused;

/** How the ways that were found differ from those that are wanted, and what ends each difference. */
final class EcmpDiff {
    private EcmpDiff() {}

    static List<Change> changes(EcmpWant want, EcmpModule.Facts have) {
        List<Change> out = new ArrayList<>(Fix.changes(script(want, have)));
        out.addAll(Fix.changes(marks(want, have)));
        diffs(want, have).forEach(diff -> out.add(diff.change()));
        have.stale().forEach(stale -> out.add(RouteDiff.removal(stale).change()));
        return out;
    }

    /**
     * Files, what is in the way, then one run of the script for all that is missing, which a service may have run
     * meanwhile, then the removal of what others made.
     */
    static List<Step> steps(EcmpWant want, EcmpModule.Facts have) {
        List<Step> out = new ArrayList<>(Fix.steps(script(want, have)));
        List<Fix> marks = marks(want, have);
        out.addAll(Fix.steps(marks));
        List<Step> last = new ArrayList<>();
        List<Argv> undo = new ArrayList<>();
        // A tunnel that was found dead may answer by now, and the watcher has left it out for the mark's sake.
        boolean apply = !marks.isEmpty();
        for (RouteDiff diff : diffs(want, have)) {
            if (want.hops().size() == 1 && diff.isExchange()) {
                out.add(diff.exchange());
                continue;
            }
            diff.inTheWay().forEach(path -> out.add(RouteDiff.deletion(path)));
            out.addAll(diff.reweighed());
            diff.missing().forEach(way -> undo.add(way.delete()));
            apply |= !diff.missing().isEmpty();
            for (Netstat.Path path : diff.extra()) {
                if (want.isOfScript(path.prefix(), path.gateway())) {
                    apply = true;
                    undo.add(RouteWay.of(path).add());
                } else last.add(RouteDiff.deletion(path));
            }
        }
        if (apply) out.add(new Step.Run(Argv.of(RouteProgram.path(want.label()), "apply"), undo));
        out.addAll(last);
        have.stale().forEach(path -> out.add(RouteDiff.deletion(path)));
        return out;
    }

    private static List<RouteDiff> diffs(EcmpWant want, EcmpModule.Facts have) {
        Set<String> dead = want.watched() ? have.dead() : Set.of();
        List<RouteDiff> out = new ArrayList<>();
        for (EcmpWant.Target target : want.targets()) {
            List<Netstat.Path> found = have.routes().getOrDefault(target.prefix(), List.of());
            RouteDiff.of(want.paths(target, dead), found).ifPresent(out::add);
        }
        return out;
    }

    private static List<Fix> script(EcmpWant want, EcmpModule.Facts have) {
        if (want.hops().size() > 1 && !have.multipath()) {
            throw new Refused("its kernel was made without ROUTE_MPATH: there is no " + RouteWay.MULTIPATH
                    + ", and no route over several tunnels");
        }
        List<Fix> out = new ArrayList<>();
        String path = RouteProgram.path(want.label());
        String script = EcmpScript.text(want);
        if (!script.equals(have.script())) {
            out.add(new Fix(Change.file(path, have.script(), script), Step.put(path, "0755", script)));
        }
        return out;
    }

    /** Files that say of a tunnel whether the script is to use it. */
    private static List<Fix> marks(EcmpWant want, EcmpModule.Facts have) {
        List<Fix> out = new ArrayList<>();
        if (!want.watched()) {
            for (String tunnel : have.dead()) {
                String mark = Programs.ROUTE_STATE.dead(tunnel);
                out.add(new Fix(Change.file(mark, "", null), new Step.RemoveFile(mark)));
            }
        }
        for (String tunnel : want.spreads()) drained(want, have, tunnel).ifPresent(out::add);
        return out;
    }

    /** The mark by which the script, and whoever runs it meanwhile, leaves a tunnel out while it is changed. */
    private static Optional<Fix> drained(EcmpWant want, EcmpModule.Facts have, String tunnel) {
        boolean wanted = want.drained().contains(tunnel);
        if (wanted == have.drained().contains(tunnel)) return Optional.empty();
        String path = Programs.ROUTE_STATE.drained(tunnel);
        return Optional.of(
                wanted
                        ? new Fix(Change.file(path, null, ""), Step.put(path, "0644", ""))
                        : new Fix(Change.file(path, "", null), new Step.RemoveFile(path)));
    }

    static List<Finding> findings(EcmpWant want, EcmpModule.Facts have) {
        List<Finding> out = new ArrayList<>();
        for (String tunnel : have.dead()) {
            out.add(Finding.bad("tunnel " + tunnel, "is marked dead: left out of the route " + want.label()));
        }
        for (EcmpWant.Target target : want.targets()) {
            String subject = "route " + target.prefix();
            List<Netstat.Path> found = have.routes().getOrDefault(target.prefix(), List.of());
            List<String> used = found.stream().map(Netstat.Path::device).toList();
            List<String> turn = want.turn(have.dead());
            List<String> missing = turn.stream()
                    .filter(tunnel -> !used.contains(tunnel) && !want.drained().contains(tunnel))
                    .toList();
            List<String> spare = want.tunnels().stream()
                    .filter(tunnel -> !turn.contains(tunnel))
                    .toList();
            String others = spare.isEmpty() ? "" : "; " + String.join(", ", spare) + " not in use now (prefer:)";
            if (found.isEmpty()) out.add(Finding.bad(subject, "is not there"));
            else if (!missing.isEmpty()) out.add(Finding.bad(subject, "not over " + String.join(", ", missing)));
            else out.add(Finding.good(subject, "over " + String.join(", ", used) + others));
        }
        return out;
    }
}
