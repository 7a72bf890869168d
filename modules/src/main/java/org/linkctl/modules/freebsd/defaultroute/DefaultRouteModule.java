package org.linkctl.modules.freebsd.defaultroute;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Link;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.kernel.DhcpClients;
import org.linkctl.modules.freebsd.kernel.Netstat;
import org.linkctl.modules.freebsd.routes.RouteDiff;
import org.linkctl.modules.freebsd.routes.RouteWay;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.modules.routes.ManagementSession;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
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
 * The default route of each family: live, and in a file of ours that rc.d/routing reads after rc.conf(5). One takes the place
 * of another in a single step: linkctl's own session may come by it.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class DefaultRouteModule
        implements Remembered<DefaultRouteModule.Wanted, DefaultRouteModule.Facts>,
                Examined<DefaultRouteModule.Wanted, DefaultRouteModule.Facts>,
                Rendered<DefaultRouteModule.Wanted, DefaultRouteModule.Facts>,
                Imported {
    private static final String NAME = "freebsd.default-route";
    private static final Cidr LINK_LOCAL = Cidr.of("fe80::/10");

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

        default Cidr prefix() {
            return Cidr.of(v6() ? "::/0" : "0.0.0.0/0");
        }

        default String path() {
            return "/etc/rc.conf.d/routing/linkctl-default-" + family(v6());
        }

        private Question.ReadFile written() {
            return Question.file(path());
        }
    }

    /**
     * One that is declared.
     *
     * @param links all interfaces of the host: each has its addresses before
     */
    public record Want(Ip gateway, String device, List<String> links) implements Wanted {
        public Want {
            links = List.copyOf(links);
        }

        @Override
        public boolean v6() {
            return gateway.isV6();
        }

        @Override
        public Set<String> needs() {
            Set<String> out = new TreeSet<>(Set.of("answers"));
            for (String link : links) out.add("address:" + link);
            return out;
        }

        /** A link-local address says nothing without its interface (RFC 4007, section 11). */
        RouteWay wanted() {
            boolean local = LINK_LOCAL.contains(gateway);
            return new RouteWay(prefix(), gateway.text() + (local ? "%" + device : ""), null, 1, null);
        }

        String shown() {
            return "via " + wanted().gateway();
        }

        String text() {
            String variable = v6() ? "ipv6_defaultrouter" : "defaultrouter";
            return OurFiles.MARK + "\n" + variable + "=\"" + wanted().gateway() + "\"\n";
        }
    }

    /**
     * What was found.
     *
     * @param clients interfaces with a DHCP client
     * @param going all routes, and how linkctl's own session comes
     */
    public record Facts(
            Netstat kernel,
            List<OthersDefault> others,
            Set<String> clients,
            DependentRoutes going,
            @Nullable String file) {
        public Facts {
            others = List.copyOf(others);
            clients = Set.copyOf(clients);
        }

        List<Netstat.Path> now(Wanted want) {
            return kernel.to(want.prefix());
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Wanted> want(Scope scope) {
        List<Link> links = scope.fabric().links(scope.host());
        List<String> names = links.stream().map(Link::name).toList();
        List<Wanted> out = new ArrayList<>();
        for (Link link : links) {
            for (Ip gateway : link.defaultGateways()) out.add(new Want(gateway, link.name(), names));
        }
        return out;
    }

    @Override
    public List<Question<?>> probe(Wanted want) {
        return List.of(
                Netstat.question(),
                OthersDefault.question(),
                DhcpClients.question(),
                ManagementSession.question(),
                want.written());
    }

    @Override
    public Facts facts(Wanted want, Answers answers) {
        return new Facts(
                Netstat.read(answers),
                OthersDefault.read(answers),
                DhcpClients.read(answers),
                Netstat.going(answers),
                answers.to(want.written()).orElse(null));
    }

    @Override
    public Facts bare(Wanted want) {
        return new Facts(new Netstat(List.of()), List.of(), Set.of(), DependentRoutes.NONE, null);
    }

    @Override
    public List<Change> diff(Wanted wanted, Facts have) {
        return switch (wanted) {
            case DefaultGone gone -> gone.changes(have);
            case Want want -> differences(want, have);
        };
    }

    private static List<Change> differences(Want want, Facts have) {
        if (have.file() != null && !OurFiles.isOurs(have.file())) {
            throw new Refused(want.path() + " is somebody else's; move it away if linkctl shall write it");
        }
        for (OthersDefault other : have.others()) {
            other.against(want).ifPresent(why -> {
                throw new Refused(why);
            });
        }
        for (Netstat.Path path : have.now(want)) refuse(want, path, have);
        List<Change> out = new ArrayList<>();
        way(want, have).ifPresent(diff -> {
            String now =
                    have.now(want).stream().map(path -> "via " + path.gateway()).collect(Collectors.joining(", "));
            out.add(Change.state(want.subject(), now.isEmpty() ? null : now, want.shown()));
        });
        OurFiles.diff(out, want.path(), have.file(), want.text());
        return out;
    }

    private static Optional<RouteDiff> way(Want want, Facts have) {
        return RouteDiff.of(List.of(want.wanted()), have.now(want));
    }

    /** What sets one by itself sets it again: there is no metric by which one of two would count. */
    private static void refuse(Want want, Netstat.Path path, Facts have) {
        String now = "the " + want.subject() + " via " + path.gateway() + " by " + path.device();
        if (path.isDaemons()) {
            throw new Refused(
                    now + " is a routing daemon's: take it out there, or defaultGateway: out of the inventory");
        }
        if (!path.isStatic()) {
            throw new Refused(now + " is not set for good: router advertisements give it; take accept_rtadv out of"
                    + " ifconfig_" + path.device() + "_ipv6 in rc.conf(5) (ifconfig " + path.device()
                    + " inet6 -accept_rtadv), or defaultGateway: out of the inventory");
        }
        if (!want.v6()
                && have.clients().contains(path.device())
                && !want.wanted().is(path)) {
            throw new Refused(now + " is there by the DHCP client of " + path.device()
                    + ", which would set it again at boot; take DHCP out of ifconfig_" + path.device()
                    + " in rc.conf(5), or have it 'ignore routers' (dhclient.conf(5)) and take that route away");
        }
    }

    @Override
    public List<Step> steps(Wanted wanted, Facts have, List<Change> changes) {
        if (wanted instanceof DefaultGone gone) return gone.steps(have, changes);
        Want want = (Want) wanted;
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            if (change.kind() == Change.Kind.FILE) out.add(Step.put(want.path(), "0644", want.text()));
            else way(want, have).ifPresent(diff -> out.addAll(diff.fix().steps()));
        }
        return out;
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
        if (!(wanted instanceof Want want) || have.file() != null) return List.of();
        return have.now(want).stream()
                .map(path -> want.subject() + " via " + path.gateway())
                .toList();
    }

    /** One answer, or ten packets a second apart: as long as a neighbour that was rebooted may take to be found. */
    private static Question.Command ping(Want want) {
        return Question.command(
                "ping", "-n", "-o", "-c", "10", "-W", "1000", want.wanted().gateway());
    }

    @Override
    public List<Question<?>> examine(Wanted wanted) {
        return wanted instanceof Want want ? List.of(ping(want)) : List.of();
    }

    @Override
    public List<Finding> findings(Wanted wanted, Facts have, Answers answers) {
        if (!(wanted instanceof Want want)) return List.of();
        List<Netstat.Path> now = have.now(want);
        if (now.isEmpty()) return List.of(Finding.bad(want.subject(), "missing"));
        if (!now.stream().allMatch(want.wanted()::is)) {
            String others = now.stream().map(Netstat.Path::gateway).collect(Collectors.joining(", "));
            return List.of(Finding.bad(want.subject(), "via " + others));
        }
        if (!answers.to(ping(want)).ok()) {
            return List.of(Finding.bad(want.subject(), want.wanted().gateway() + " does not answer"));
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
