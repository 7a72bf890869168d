package org.linkctl.modules.linux.ecmp;

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
import org.linkctl.modules.linux.kernel.Links;
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
 * The routes to a far site's LANs over all the tunnels there, and to those that a hub joins: the routes in the kernel, and the script that sets them,
 * which wg-quick's hooks run whenever a tunnel comes or goes, at boot too.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class EcmpModule
        implements Imported,
                Remembered<EcmpModule.Wanted, EcmpModule.Facts>,
                Examined<EcmpModule.Wanted, EcmpModule.Facts>,
                Existing<EcmpModule.Wanted, EcmpModule.Facts>,
                Drainable<EcmpModule.Wanted, EcmpModule.Facts>,
                Rendered<EcmpModule.Wanted, EcmpModule.Facts> {
    /** Marks linkctl's routes. No meaning to the kernel (above 4, RTPROT_STATIC: rtnetlink(7)), and nobody's name. */
    static final String PROTOCOL = "210";

    /** All routes of linkctl's, of either family. */
    static final List<Question.Command> OURS = Stream.of("-4", "-6")
            .map(family -> Question.command("ip", "-j", family, "route", "show", "table", "main", "proto", PROTOCOL))
            .toList();

    /** A route, or that there is none any more. */
    public sealed interface Wanted extends Resource permits EcmpWant, EcmpGone {
        String label();

        @Override
        default String id() {
            return "linux.ecmp[" + label() + "]";
        }
    }

    /**
     * What was found.
     *
     * @param dead tunnels of the route that are marked so
     * @param drained the same
     * @param routes by prefix wanted, all that the kernel has for exactly that
     * @param stale routes of linkctl's over the same tunnels, to where none leads any more
     * @param nexthops its nexthop objects
     * @param standsBy the hub's interface is down, as on the host of a pair that is not master
     */
    public record Facts(
            @Nullable String script,
            Set<String> dead,
            Set<String> drained,
            Map<Cidr, List<KernelRoute>> routes,
            List<KernelRoute> stale,
            NextHops nexthops,
            boolean standsBy) {}

    @Override
    public String name() {
        return "linux.ecmp";
    }

    @Override
    public Os system() {
        return Os.LINUX;
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
        return switch (wanted) {
            case EcmpWant want -> asking(want);
            case EcmpGone gone -> gone.questions();
        };
    }

    private static List<Question<?>> asking(EcmpWant want) {
        List<Question<?>> out = new ArrayList<>(List.of(RouteProgram.question(want.label())));
        want.hops().forEach(hop -> out.add(EcmpScript.STATE.isDead(hop.tunnel())));
        want.hops().forEach(hop -> out.add(EcmpScript.STATE.isDrained(hop.tunnel())));
        want.targets().forEach(target -> out.add(target.show()));
        out.addAll(OURS);
        if (want.over() == EcmpWant.Over.TUNNELS) out.addAll(NextHops.questions(want.watched()));
        if (want.over() == EcmpWant.Over.SHARED_HUB) out.add(Links.question());
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
        Map<Cidr, List<KernelRoute>> routes = new LinkedHashMap<>();
        NextHops objects = want.over() == EcmpWant.Over.TUNNELS
                ? NextHops.read(answers, want.first(), want.watched())
                : NextHops.NONE;
        for (EcmpWant.Target target : want.targets()) {
            List<KernelRoute> found = new ArrayList<>(target.read(answers));
            found.replaceAll(route -> route.with(objects));
            routes.put(target.prefix(), found);
        }
        List<KernelRoute> stale = new ArrayList<>(ours(answers));
        stale.replaceAll(route -> route.with(objects));
        stale.removeIf(route -> want.leadsTo(route.prefix()) || !route.isOver(want.spreads()));
        return new Facts(
                answers.to(RouteProgram.question(want.label())).orElse(null),
                EcmpScript.STATE.dead(want.spreads(), answers),
                EcmpScript.STATE.drained(want.spreads(), answers),
                routes,
                stale,
                objects,
                standsBy(want, answers));
    }

    /** One that is not there yet comes up, until the role is looked at. */
    private static boolean standsBy(EcmpWant want, Answers answers) {
        if (want.over() != EcmpWant.Over.SHARED_HUB) return false;
        Links links = Links.from(answers);
        return want.spreads().stream()
                .anyMatch(
                        device -> links.link(device).filter(link -> !link.up()).isPresent());
    }

    /** All of linkctl's. Asked for one protocol, ip(8) does not repeat it in its answer. */
    static List<KernelRoute> ours(Answers answers) {
        List<KernelRoute> out = new ArrayList<>();
        for (Question.Command question : OURS) out.addAll(KernelRoute.list(answers, question));
        out.replaceAll(route -> route.by(PROTOCOL));
        return out;
    }

    @Override
    public Facts bare(Wanted want) {
        return new Facts(null, Set.of(), Set.of(), Map.of(), List.of(), NextHops.BARE, false);
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
        return have.routes().values().stream().anyMatch(routes -> !routes.isEmpty());
    }

    @Override
    public List<Step> steps(Wanted wanted, Facts have, List<Change> changes) {
        return switch (wanted) {
            case EcmpWant want -> EcmpDiff.steps(want, have, changes);
            case EcmpGone gone -> changes.isEmpty() ? List.of() : gone.steps(have);
        };
    }

    @Override
    public List<Shared> shared(Wanted wanted, Facts have, Answers answers) {
        if (!(wanted instanceof EcmpWant want) || want.over() != EcmpWant.Over.TUNNELS) return List.of();
        Set<String> usable = new LinkedHashSet<>(want.spreads());
        usable.removeAll(want.drained());
        if (want.watched()) usable.removeAll(have.dead());
        return List.of(new Shared("the route " + want.label(), want.spreads(), usable));
    }

    @Override
    public Optional<Memory> memory(Wanted wanted, Facts have, Optional<Memory> before) {
        return wanted instanceof EcmpWant want ? Optional.of(want.memory()) : Optional.empty();
    }

    @Override
    public Optional<Wanted> absent(Scope scope, Owned owned) {
        return Optional.of(EcmpGone.of(scope, owned));
    }

    @Override
    public List<String> adopts(Wanted wanted, Facts have) {
        return EcmpGone.adopts(wanted, have);
    }

    @Override
    public List<Question<?>> examine(Wanted wanted) {
        return wanted instanceof EcmpWant want ? EcmpHealth.questions(want) : List.of();
    }

    @Override
    public List<Finding> findings(Wanted wanted, Facts have, Answers answers) {
        return wanted instanceof EcmpWant want ? EcmpHealth.findings(want, have, answers) : List.of();
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
