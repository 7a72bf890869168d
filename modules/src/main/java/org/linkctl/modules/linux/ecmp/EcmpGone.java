package org.linkctl.modules.linux.ecmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.model.Fabric;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.routes.GoneRoute;
import org.linkctl.modules.routes.RouteProgram;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;

/**
 * That a route is there no more: what the kernel has of it, the script that sets it, and the marks of its tunnels.
 *
 * @param first the first id of its nexthop objects, unless those are another route's by now
 */
record EcmpGone(GoneRoute route, Optional<Integer> first) implements EcmpModule.Wanted {
    /** The word of the memory for the first id. */
    static final String NEXTHOPS = "nexthops";

    @Override
    public String label() {
        return route.label();
    }

    static EcmpGone of(Scope scope, Owned owned) {
        Fabric fabric = scope.fabric();
        Set<Integer> others = fabric.staticRoutes(scope.host()).stream()
                .map(route -> EcmpWant.first(fabric, scope.host(), route.label()))
                .collect(Collectors.toSet());
        Optional<Integer> first = owned.memory().words(NEXTHOPS).stream()
                .filter(word -> word.matches("[0-9]{9}"))
                .map(Integer::valueOf)
                .filter(id -> !others.contains(id))
                .findFirst();
        return new EcmpGone(GoneRoute.of(scope, owned), first);
    }

    /** What would go with it that linkctl did not make. */
    static List<String> adopts(EcmpModule.Wanted wanted, EcmpModule.Facts have) {
        List<String> out = new ArrayList<>();
        OurFiles.foreign(RouteProgram.path(wanted.label()), have.script()).ifPresent(out::add);
        have.routes()
                .forEach((prefix, routes) -> routes.stream()
                        .filter(route -> !route.protocol().equals(EcmpModule.PROTOCOL))
                        .forEach(route -> out.add("route " + prefix + " " + route.shown())));
        return out;
    }

    List<Question<?>> questions() {
        List<Question<?>> out = new ArrayList<>(List.of(RouteProgram.question(label())));
        out.addAll(route.marks(EcmpScript.STATE));
        out.addAll(EcmpModule.OURS);
        if (first.isPresent()) out.addAll(NextHops.questions(false));
        return out;
    }

    EcmpModule.Facts facts(Answers answers) {
        NextHops objects = first.map(id -> NextHops.read(answers, id, false)).orElse(NextHops.NONE);
        List<KernelRoute> routes = EcmpModule.ours(answers).stream()
                .map(found -> found.with(objects))
                .filter(found -> route.prefixes().contains(found.prefix()) && found.isOver(route.tunnels()))
                .toList();
        return new EcmpModule.Facts(
                answers.to(RouteProgram.question(label())).orElse(null),
                route.marked(EcmpScript.STATE, answers),
                Set.of(),
                Map.of(),
                routes,
                objects,
                false);
    }

    List<Change> changes(EcmpModule.Facts have) {
        List<Change> ways = new ArrayList<>(have.stale().stream()
                .map(found -> Change.state("route " + found.prefix(), found.shown(), null)
                        .cuts())
                .toList());
        NexthopDiff.leftovers(have, _ -> false).forEach(gone -> ways.add(gone.change()));
        return route.changes(have.script(), have.dead(), ways);
    }

    List<Step> steps(EcmpModule.Facts have) {
        List<Step> ways = new ArrayList<>(have.stale().stream()
                .<Step>map(found -> Step.run(new Argv(found.command("del")), new Argv(found.command("append"))))
                .toList());
        NexthopDiff.leftovers(have, _ -> false).forEach(gone -> ways.add(gone.step()));
        return GoneRoute.steps(changes(have), ways);
    }
}
