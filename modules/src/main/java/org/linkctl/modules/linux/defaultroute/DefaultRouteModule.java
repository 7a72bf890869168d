package org.linkctl.modules.linux.defaultroute;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.model.Link;
import org.linkctl.model.Os;
import org.linkctl.model.Vlan;
import org.linkctl.modules.linux.kernel.IpRoute;
import org.linkctl.modules.linux.kernel.RouteTables;
import org.linkctl.modules.linux.kernel.RoutesAcrossReload;
import org.linkctl.modules.linux.order.Provided;
import org.linkctl.modules.linux.stack.BareHost;
import org.linkctl.modules.linux.stack.DeviceFiles;
import org.linkctl.modules.linux.stack.InterfaceConfig;
import org.linkctl.modules.linux.stack.NetworkStack;
import org.linkctl.modules.linux.stack.StackDiff;
import org.linkctl.modules.linux.stack.StackFacts;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Found;
import org.linkctl.spi.Imported;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * The default route of each family (ip-route(8)). One takes the place of another in a single step: linkctl's own session may
 * come by it.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class DefaultRouteModule
        implements Imported,
                Remembered<DefaultRouteModule.Wanted, DefaultRouteModule.Facts>,
                Examined<DefaultRouteModule.Wanted, DefaultRouteModule.Facts>,
                Rendered<DefaultRouteModule.Wanted, DefaultRouteModule.Facts> {
    private static final String NAME = "linux.default-route";
    static final Question.Command V4 = Question.command("ip", "-j", "-4", "route", "show", "default");
    static final Question.Command V6 = Question.command("ip", "-j", "-6", "route", "show", "default");

    /** A default route, or that linkctl sets none any more. */
    public sealed interface Wanted extends Resource permits Want, DefaultGone {
        boolean v6();

        static String family(boolean v6) {
            return v6 ? "ipv6" : "ipv4";
        }

        @Override
        default String id() {
            return NAME + "[" + family(v6()) + "]";
        }

        /** As a plan names it. */
        default String subject() {
            return v6() ? "IPv6 default route" : "default route";
        }
    }

    /**
     * One that is declared.
     *
     * @param both so is one of the other family
     * @param links all interfaces of the host: what is done to them may set former routes again
     * @param members those that belong to a bond or a bridge: what files of others say of them ends with that
     */
    public record Want(InterfaceConfig device, Ip gateway, boolean both, List<String> links, List<String> members)
            implements Wanted {
        public Want {
            links = List.copyOf(links);
            members = List.copyOf(members);
        }

        @Override
        public boolean v6() {
            return gateway.isV6();
        }

        @Override
        public Set<String> needs() {
            Set<String> out = new TreeSet<>(Set.of(Provided.GATEWAY_ROUTES, Provided.ANSWERS));
            for (String link : links) out.add("address:" + link);
            return out;
        }

        String shown() {
            return "via " + gateway + " dev " + device.name();
        }
    }

    /**
     * What was found.
     *
     * @param now the default routes of the family, in the main table
     * @param others those that files of others have at boot
     * @param routes what a reload of the stack would take away
     * @param going all routes, and how linkctl's own session comes
     */
    public record Facts(
            List<Default> now,
            List<OthersDefault> others,
            StackFacts stack,
            RoutesAcrossReload routes,
            DependentRoutes going) {
        public Facts {
            now = List.copyOf(now);
            others = List.copyOf(others);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Wanted> want(Scope scope) {
        List<Link> links = scope.fabric().links(scope.host());
        List<String> names = links.stream().map(Link::name).toList();
        List<String> members = links.stream()
                .filter(link -> !(link instanceof Vlan))
                .flatMap(link -> link.lower().stream())
                .toList();
        List<Ip> all =
                links.stream().flatMap(link -> link.defaultGateways().stream()).toList();
        List<Wanted> out = new ArrayList<>();
        for (Link link : links) {
            for (Ip gateway : link.defaultGateways()) {
                boolean both = all.stream().anyMatch(one -> one.isV6() != gateway.isV6());
                out.add(new Want(InterfaceConfig.of(link), gateway, both, names, members));
            }
        }
        return out;
    }

    @Override
    public List<Question<?>> probe(Wanted want) {
        List<Question<?>> out = new ArrayList<>(StackFacts.questions());
        out.add(want.v6() ? V6 : V4);
        out.addAll(OthersDefault.questions());
        out.addAll(RoutesAcrossReload.questions());
        out.addAll(RouteTables.questions());
        return out;
    }

    @Override
    public Facts facts(Wanted want, Answers answers) {
        StackFacts stack = StackFacts.from(answers);
        return new Facts(
                Default.read(answers.stdout(want.v6() ? V6 : V4)),
                OthersDefault.read(answers, stack),
                stack,
                RoutesAcrossReload.read(answers),
                RouteTables.read(answers));
    }

    @Override
    public Facts bare(Wanted want) {
        return new Facts(List.of(), List.of(), BareHost.STACK, RoutesAcrossReload.NONE, DependentRoutes.NONE);
    }

    @Override
    public List<Change> diff(Wanted wanted, Facts have) {
        return switch (wanted) {
            case Want want -> differences(want, have);
            case DefaultGone gone -> gone.changes(have);
        };
    }

    private static List<Change> differences(Want want, Facts have) {
        DeviceFiles stack = have.stack()
                .requireDevices("defaultGateway: of " + want.device().name());
        List<String> ours = have.stack().ours().entrySet().stream()
                .filter(file -> stack.isDefault(file.getKey(), want.v6()))
                .map(Map.Entry::getValue)
                .toList();
        for (OthersDefault other : have.others()) {
            other.against(want, have.stack(), ours).ifPresent(why -> {
                throw new Refused(why);
            });
        }
        List<Change> out = new ArrayList<>();
        boolean there = have.now().stream()
                .anyMatch(one -> one.is(want.gateway(), want.device().name(), want.v6()));
        if (!there) {
            String now =
                    Default.inPlace(have.now(), want.v6()).map(Default::shown).orElse(null);
            out.add(Change.state(want.subject(), want.shown().equals(now) ? "advertised" : now, want.shown()));
        }
        StackDiff.files(
                stack.defaultRoute(want.device(), want.gateway(), have.stack()),
                have.stack().ours(),
                (path, text) -> stack.isDefault(path, want.v6()),
                out);
        return out;
    }

    @Override
    public List<Step> steps(Wanted wanted, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        return switch (wanted) {
            case DefaultGone gone -> gone.steps(have, changes);
            case Want want -> {
                List<Step> out = new ArrayList<>();
                String device = want.device().name();
                if (changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, want.subject()))) {
                    Argv back = Default.inPlace(have.now(), want.v6())
                            .flatMap(Default::again)
                            .orElse(IpRoute.deleteDefault(want.gateway(), device));
                    out.add(Step.run(IpRoute.replaceDefault(want.gateway(), device), back));
                }
                RoutesAcrossReload routes = have.routes().withoutDefault(want.v6());
                write(device, want.both() ? routes.withoutDefault(!want.v6()) : routes, have, changes, out);
                yield out;
            }
        };
    }

    /** The kernel has it by then. */
    static void write(String device, RoutesAcrossReload routes, Facts have, List<Change> changes, List<Step> out) {
        NetworkStack stack = have.stack().require();
        if (StackDiff.write(stack, changes, out)) {
            out.addAll(routes.around(stack.reload(device, have.stack()), device));
        }
    }

    @Override
    public Optional<Memory> memory(Wanted wanted, Facts have, Optional<Memory> before) {
        return wanted instanceof Want want ? Optional.of(DefaultGone.memory(want, have, before)) : Optional.empty();
    }

    @Override
    public Optional<Wanted> absent(Scope scope, Owned owned) {
        return Optional.of(DefaultGone.of(owned));
    }

    /** A route that is there already, but of which no file of linkctl's tells. */
    @Override
    public List<String> adopts(Wanted wanted, Facts have) {
        if (!(wanted instanceof Want want)) return List.of();
        DeviceFiles stack = have.stack().requireDevices(want.subject());
        boolean ours = have.stack().ours().keySet().stream().anyMatch(path -> stack.isDefault(path, want.v6()));
        return ours
                ? List.of()
                : Default.inPlace(have.now(), want.v6()).map(now -> want.subject() + " " + now.shown()).stream()
                        .toList();
    }

    /** One answer, or ten seconds, as long as a neighbour that was rebooted may take to be found (arp(7)). */
    private static Question.Command ping(Want want) {
        return Question.command(
                "ping",
                "-n",
                "-c",
                "1",
                "-w",
                "10",
                "-I",
                want.device().name(),
                want.gateway().text());
    }

    @Override
    public List<Question<?>> examine(Wanted wanted) {
        return wanted instanceof Want want ? List.of(ping(want)) : List.of();
    }

    @Override
    public List<Finding> findings(Wanted wanted, Facts have, Answers answers) {
        if (!(wanted instanceof Want want)) return List.of();
        boolean there = have.now().stream()
                .anyMatch(one -> one.is(want.gateway(), want.device().name(), want.v6()));
        if (!there) {
            String now =
                    have.now().isEmpty() ? "missing" : have.now().getFirst().shown();
            return List.of(Finding.bad(want.subject(), now));
        }
        if (!answers.to(ping(want)).ok()) {
            return List.of(Finding.bad(want.subject(), want.gateway() + " does not answer"));
        }
        return List.of(Finding.good(want.subject(), want.shown()));
    }

    @Override
    public List<Question<?>> importing() {
        return DefaultFound.questions();
    }

    @Override
    public List<Found> found(Answers answers) {
        return DefaultFound.read(answers);
    }
}
