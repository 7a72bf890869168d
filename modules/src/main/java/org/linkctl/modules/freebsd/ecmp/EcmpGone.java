package org.linkctl.modules.freebsd.ecmp;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.kernel.Netstat;
import org.linkctl.modules.freebsd.routes.RouteDiff;
import org.linkctl.modules.routes.GoneRoute;
import org.linkctl.modules.routes.RouteProgram;
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

    List<Question.ReadFile> marks() {
        return route.marks(Programs.ROUTE_STATE);
    }

    EcmpModule.Facts facts(Answers answers) {
        List<Netstat.Path> paths = Netstat.read(answers).paths().stream()
                .filter(path -> path.isStatic()
                        && route.prefixes().contains(path.prefix())
                        && route.tunnels().contains(path.device()))
                .toList();
        return new EcmpModule.Facts(
                answers.to(RouteProgram.question(label())).orElse(null),
                true,
                route.marked(Programs.ROUTE_STATE, answers),
                Set.of(),
                Map.of(),
                paths);
    }

    List<Change> changes(EcmpModule.Facts have) {
        return route.changes(
                have.script(),
                have.dead(),
                have.stale().stream()
                        .map(path -> Change.state("route " + path.prefix() + " " + path.gateway(), "present", null)
                                .cuts())
                        .toList());
    }

    List<Step> steps(EcmpModule.Facts have) {
        return GoneRoute.steps(
                changes(have),
                have.stale().stream().<Step>map(RouteDiff::deletion).toList());
    }
}
