package org.linkctl.modules.freebsd.ecmp;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Host;
import org.linkctl.model.HubLans;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.kernel.Netstat;
import org.linkctl.modules.freebsd.routes.RouteWay;
import org.linkctl.modules.routes.GoneRoute;
import org.linkctl.modules.routes.RouteProgram;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Drainable;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Existing;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Found;
import org.linkctl.spi.Imported;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * The routes to a far site's LANs over all the tunnels there (ROUTE_MPATH), and to those that a hub joins: the routes in the kernel, and the script
 * that sets them, which the tunnels' services run whenever a tunnel comes or goes, at boot too.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class EcmpModule
        implements Remembered<EcmpModule.Wanted, EcmpModule.Facts>,
                Examined<EcmpModule.Wanted, EcmpModule.Facts>,
                Existing<EcmpModule.Wanted, EcmpModule.Facts>,
                Drainable<EcmpModule.Wanted, EcmpModule.Facts>,
                Rendered<EcmpModule.Wanted, EcmpModule.Facts>,
                Imported {
    private static final Question.Command SUPPORT = Question.command("sysctl", "-e", "-i", RouteWay.MULTIPATH);

    /** A route, or that there is none any more. */
    public sealed interface Wanted extends Resource permits EcmpWant, EcmpGone {
        String label();

        @Override
        default String id() {
            return "freebsd.ecmp[" + label() + "]";
        }
    }

    /**
     * What was found.
     *
     * @param multipath the kernel can have several ways to one prefix
     * @param dead tunnels of the route that are marked so; of one that goes, the files of all its marks
     * @param drained the same
     * @param routes by prefix wanted, all ways that the kernel has there
     * @param stale ways of linkctl's over the same tunnels, to where none leads any more
     */
    public record Facts(
            @Nullable String script,
            boolean multipath,
            Set<String> dead,
            Set<String> drained,
            Map<Cidr, List<Netstat.Path>> routes,
            List<Netstat.Path> stale) {}

    @Override
    public String name() {
        return "freebsd.ecmp";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Wanted> want(Scope scope) {
        Host host = scope.host();
        Stream<Wanted> routes = scope.fabric().staticRoutes(host).stream().map(route -> EcmpWant.of(scope, route));
        Stream<Wanted> hubs = HubLans.all(scope.fabric(), host).stream()
                .filter(lans -> !lans.far().isEmpty())
                .map(lans -> EcmpWant.of(scope, lans));
        return Stream.concat(routes, hubs).toList();
    }

    @Override
    public List<Question<?>> probe(Wanted wanted) {
        List<Question<?>> out = new ArrayList<>(List.of(RouteProgram.question(wanted.label())));
        switch (wanted) {
            case EcmpWant want -> {
                out.add(Netstat.question(want.prefixes()));
                want.hops().forEach(hop -> out.add(Programs.ROUTE_STATE.isDead(hop.tunnel())));
                want.hops().forEach(hop -> out.add(Programs.ROUTE_STATE.isDrained(hop.tunnel())));
                out.add(SUPPORT);
            }
            case EcmpGone gone -> {
                out.add(Netstat.question());
                out.addAll(gone.marks());
            }
        }
        return out;
    }

    @Override
    public Facts facts(Wanted wanted, Answers answers) {
        return switch (wanted) {
            case EcmpWant want -> reading(want, answers);
            case EcmpGone gone -> gone.facts(answers);
        };
    }

    private static Facts reading(EcmpWant want, Answers answers) {
        Set<String> dead = Programs.ROUTE_STATE.dead(want.spreads(), answers);
        Set<String> drained = Programs.ROUTE_STATE.drained(want.spreads(), answers);
        Netstat kernel = Netstat.read(answers, want.prefixes());
        Map<Cidr, List<Netstat.Path>> routes = new LinkedHashMap<>();
        want.targets().forEach(target -> routes.put(target.prefix(), kernel.to(target.prefix())));
        List<Netstat.Path> stale = kernel.paths().stream()
                .filter(path -> path.isOurs() && want.spreads().contains(path.device()) && !want.leadsTo(path.prefix()))
                .toList();
        return new Facts(
                answers.to(RouteProgram.question(want.label())).orElse(null),
                answers.stdout(SUPPORT).startsWith(RouteWay.MULTIPATH + "="),
                dead,
                drained,
                routes,
                stale);
    }

    @Override
    public Facts bare(Wanted want) {
        return new Facts(null, true, Set.of(), Set.of(), Map.of(), List.of());
    }

    @Override
    public List<Change> diff(Wanted wanted, Facts have) {
        return switch (wanted) {
            case EcmpWant want -> EcmpDiff.changes(want, have);
            case EcmpGone gone -> gone.changes(have);
        };
    }

    @Override
    public boolean exists(Wanted wanted, Facts have) {
        return have.routes().values().stream().anyMatch(paths -> !paths.isEmpty());
    }

    @Override
    public List<Step> steps(Wanted wanted, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        return switch (wanted) {
            case EcmpWant want -> EcmpDiff.steps(want, have);
            case EcmpGone gone -> gone.steps(have);
        };
    }

    @Override
    public List<Shared> shared(Wanted wanted, Facts have, Answers answers) {
        if (!(wanted instanceof EcmpWant want) || want.isOfHub()) return List.of();
        Set<String> usable = new LinkedHashSet<>(want.spreads());
        usable.removeAll(want.drained());
        if (want.watched()) usable.removeAll(have.dead());
        return List.of(new Shared("the route " + want.label(), want.spreads(), usable));
    }

    @Override
    public Optional<Memory> memory(Wanted wanted, Facts have, Optional<Memory> before) {
        return wanted instanceof EcmpWant want
                ? Optional.of(GoneRoute.memory(want.prefixes(), want.tunnels()))
                : Optional.empty();
    }

    @Override
    public Optional<Wanted> absent(Scope scope, Owned owned) {
        return Optional.of(EcmpGone.of(scope, owned));
    }

    @Override
    public List<String> adopts(Wanted wanted, Facts have) {
        List<String> out = new ArrayList<>(OurFiles.foreign(RouteProgram.path(wanted.label()), have.script()).stream()
                .toList());
        have.routes().values().stream()
                .flatMap(List::stream)
                .filter(path -> !path.isOurs())
                .forEach(path -> out.add("route " + path.prefix() + " by " + path.gateway()));
        return out;
    }

    @Override
    public List<Finding> findings(Wanted wanted, Facts have, Answers answers) {
        return wanted instanceof EcmpWant want ? EcmpDiff.findings(want, have) : List.of();
    }

    @Override
    public List<Question<?>> importing() {
        return RoutesFound.questions();
    }

    @Override
    public List<Found> found(Answers answers) {
        return RoutesFound.read(answers);
    }
}
