package org.linkctl.modules.linux.ecmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** That a route is there no more: what the kernel has of it, the script that sets it, and the marks of its tunnels. */
record EcmpGone(GoneRoute route) implements EcmpModule.Wanted {
    @Override
    public String label() {
        return route.label();
    }

    static EcmpGone of(Scope scope, Owned owned) {
        return new EcmpGone(GoneRoute.of(scope, owned));
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
        return out;
    }

    EcmpModule.Facts facts(Answers answers) {
        List<KernelRoute> routes = EcmpModule.ours(answers).stream()
                .filter(found -> route.prefixes().contains(found.prefix()) && found.isOver(route.tunnels()))
                .toList();
        return new EcmpModule.Facts(
                answers.to(RouteProgram.question(label())).orElse(null),
                route.marked(EcmpScript.STATE, answers),
                Set.of(),
                Map.of(),
                routes,
                false);
    }

    List<Change> changes(EcmpModule.Facts have) {
        return route.changes(
                have.script(),
                have.dead(),
                have.stale().stream()
                        .map(found -> Change.state("route " + found.prefix(), found.shown(), null)
                                .cuts())
                        .toList());
    }

    List<Step> steps(EcmpModule.Facts have) {
        return GoneRoute.steps(
                changes(have),
                have.stale().stream()
                        .<Step>map(found -> Step.run(new Argv(found.command("del")), new Argv(found.command("append"))))
                        .toList());
    }
}
