package org.linkctl.modules.linux.ecmp;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.modules.linux.files.Programs;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Existing;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * The routes to a far site's LANs over all the tunnels there: the routes in the kernel, and the script that sets them,
 * which wg-quick's hooks run whenever a tunnel comes or goes, at boot too.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class EcmpModule
        implements Remembered<EcmpModule.Wanted, EcmpModule.Facts>,
                Examined<EcmpModule.Wanted, EcmpModule.Facts>,
                Existing<EcmpModule.Wanted, EcmpModule.Facts>,
                Rendered<EcmpModule.Wanted, EcmpModule.Facts> {
    /** Marks linkctl's routes. No meaning to the kernel (above 4, RTPROT_STATIC: rtnetlink(7)), and nobody's name. */
    static final String PROTOCOL = "210";

    /** All routes of linkctl's, of either family. */
    static final List<Question.Command> OURS = Stream.of("-4", "-6")
            .map(family -> Question.command("ip", "-j", family, "route", "show", "table", "main", "proto", PROTOCOL))
            .toList();

    /**
     * A tunnel as a way out.
     *
     * @param via6 the next hop for IPv6; IPv4 needs none
     */
    public record Hop(String tunnel, int weight, Ip via6) {
        /** Any address would do: a WireGuard interface asks for no neighbour, and sends by destination. */
        private static final Ip ANY = Ip.of("fe80::1");

        static Hop of(Tunnel tunnel, int weight, Host host) {
            Ip far = tunnel.farAddress(host.name(), true);
            return new Hop(tunnel.name(), weight, far == null ? ANY : far);
        }

        /** IPv6 takes no next hop that is only a device, where there are several (net/ipv6/route.c). */
        KernelRoute.Nexthop nexthop(boolean v6) {
            return new KernelRoute.Nexthop(tunnel, weight, v6 ? via6.toString() : null, false);
        }

        List<String> words(boolean v6) {
            List<String> out = new ArrayList<>(List.of("nexthop"));
            out.addAll(nexthop(v6).words());
            out.addAll(List.of("weight", Integer.toString(weight)));
            return out;
        }
    }

    /**
     * A far LAN.
     *
     * @param source the address by which this host is known there; null: it has none of that family on its LAN
     * @param someone an address there, to ask the kernel for the way to
     */
    public record Target(Cidr prefix, @Nullable Ip source, Ip someone) {
        Question.Command show() {
            return Question.command(
                    "ip", "-j", prefix.isV6() ? "-6" : "-4", "route", "show", "table", "main", "exact", "" + prefix);
        }
    }

    /** A route, or that there is none any more. */
    public sealed interface Wanted extends Resource permits Want, EcmpGone {
        String label();

        @Override
        default String id() {
            return "linux.ecmp[" + label() + "]";
        }
    }

    /**
     * What one {@link Route} means here.
     *
     * @param others prefixes that this host's other routes lead to
     * @param watched a tunnel may be marked dead
     * @param drained its tunnels that are being changed: nothing goes over them
     * @param devices that hold the source addresses
     */
    public record Want(
            String label,
            List<Hop> hops,
            List<Target> targets,
            Set<Cidr> others,
            boolean watched,
            Set<String> drained,
            Route.Hash hash,
            Set<String> devices)
            implements Wanted {
        @Override
        public Set<String> provides() {
            return Set.of("route:" + label);
        }

        @Override
        public Set<String> needs() {
            Set<String> out = new LinkedHashSet<>();
            hops.stream()
                    .filter(hop -> !drained.contains(hop.tunnel()))
                    .forEach(hop -> out.add("tunnel:" + hop.tunnel()));
            devices.forEach(device -> out.add("address:" + device));
            return out;
        }

        @Override
        public Set<String> spreads() {
            Set<String> out = new LinkedHashSet<>();
            hops.forEach(hop -> out.add(hop.tunnel()));
            return out;
        }

        /** What the kernel shall have while these tunnels are dead. Rather over one that is left out than not at all. */
        KernelRoute route(Target target, Set<String> dead) {
            boolean v6 = target.prefix().isV6();
            List<Hop> alive = hops.stream()
                    .filter(hop -> !dead.contains(hop.tunnel()) && !drained.contains(hop.tunnel()))
                    .toList();
            List<KernelRoute.Nexthop> ways = (alive.isEmpty() ? hops : alive)
                    .stream().map(hop -> hop.nexthop(v6)).toList();
            return new KernelRoute(
                    target.prefix(),
                    null,
                    PROTOCOL,
                    target.source() == null ? null : target.source().toString(),
                    v6 ? 1024 : null,
                    null,
                    ways);
        }

        boolean leadsTo(Cidr prefix) {
            return others.contains(prefix)
                    || targets.stream().anyMatch(target -> target.prefix().equals(prefix));
        }

        boolean isOver(KernelRoute route) {
            Set<String> tunnels = spreads();
            return !route.nexthops().isEmpty()
                    && route.nexthops().stream().allMatch(hop -> tunnels.contains(hop.dev()));
        }
    }

    /**
     * What was found.
     *
     * @param dead tunnels of the route that are marked so
     * @param drained the same
     * @param routes by prefix wanted, all that the kernel has for exactly that
     * @param stale routes of linkctl's over the same tunnels, to where none leads any more
     */
    public record Facts(
            @Nullable String script,
            Set<String> dead,
            Set<String> drained,
            Map<Cidr, List<KernelRoute>> routes,
            List<KernelRoute> stale) {}

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
        return scope.fabric().routes(host).stream()
                .<Wanted>map(route -> EcmpWants.of(scope, route))
                .toList();
    }

    static String dead(String tunnel) {
        return "/run/linkctl/dead/" + tunnel;
    }

    static String drained(String tunnel) {
        return "/run/linkctl/drained/" + tunnel;
    }

    @Override
    public List<Question<?>> probe(Wanted wanted) {
        return switch (wanted) {
            case Want want -> asking(want);
            case EcmpGone gone -> gone.questions();
        };
    }

    /** Asks for the program that sets a route. */
    static Question.ReadFile program(String label) {
        return Question.file(Programs.route(label));
    }

    private static Question.ReadFile isDead(String tunnel) {
        return Question.file(dead(tunnel));
    }

    private static Question.ReadFile isDrained(String tunnel) {
        return Question.file(drained(tunnel));
    }

    private static List<Question<?>> asking(Want want) {
        List<Question<?>> out = new ArrayList<>(List.of(program(want.label())));
        want.hops().forEach(hop -> out.add(isDead(hop.tunnel())));
        want.hops().forEach(hop -> out.add(isDrained(hop.tunnel())));
        want.targets().forEach(target -> out.add(target.show()));
        out.addAll(OURS);
        return out;
    }

    @Override
    public Facts facts(Wanted wanted, Answers answers) {
        return switch (wanted) {
            case Want want -> reading(want, answers);
            case EcmpGone gone -> gone.facts(answers);
        };
    }

    private static Facts reading(Want want, Answers answers) {
        Set<String> dead = new TreeSet<>(want.spreads());
        dead.removeIf(tunnel -> answers.to(isDead(tunnel)).isEmpty());
        Set<String> drained = new TreeSet<>(want.spreads());
        drained.removeIf(tunnel -> answers.to(isDrained(tunnel)).isEmpty());
        Map<Cidr, List<KernelRoute>> routes = new LinkedHashMap<>();
        want.targets().forEach(target -> routes.put(target.prefix(), KernelRoute.list(answers, target.show())));
        List<KernelRoute> stale = new ArrayList<>(ours(answers));
        stale.removeIf(route -> want.leadsTo(route.prefix()) || !want.isOver(route));
        return new Facts(answers.to(program(want.label())).orElse(null), dead, drained, routes, stale);
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
        return new Facts(null, Set.of(), Set.of(), Map.of(), List.of());
    }

    @Override
    public List<Change> diff(Wanted wanted, Facts have) {
        return switch (wanted) {
            case Want want -> EcmpDiff.changes(want, have);
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
            case Want want -> EcmpDiff.steps(want, have, changes);
            case EcmpGone gone -> changes.isEmpty() ? List.of() : gone.steps(have);
        };
    }

    @Override
    public Optional<Memory> memory(Wanted wanted, Facts have, Optional<Memory> before) {
        return wanted instanceof Want want ? Optional.of(EcmpGone.memory(want)) : Optional.empty();
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
        return wanted instanceof Want want ? EcmpHealth.questions(want) : List.of();
    }

    @Override
    public List<Finding> findings(Wanted wanted, Facts have, Answers answers) {
        return wanted instanceof Want want ? EcmpHealth.findings(want, have, answers) : List.of();
    }
}
