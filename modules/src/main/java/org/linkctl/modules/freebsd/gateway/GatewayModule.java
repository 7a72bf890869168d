package org.linkctl.modules.freebsd.gateway;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.kernel.Netstat;
import org.linkctl.modules.freebsd.routes.RouteDiff;
import org.linkctl.modules.freebsd.routes.RouteWay;
import org.linkctl.modules.routes.StaticRoute;
import org.linkctl.modules.wireguard.WireguardFiles.Fix;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
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
 * The far sites' LANs, on a host that reaches them through its site's gateway: live, and in a file of ours that
 * rc.d/routing reads after rc.conf(5). The static routes of rc.conf itself stay.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class GatewayModule
        implements Remembered<GatewayModule.Want, GatewayModule.Facts>,
                Examined<GatewayModule.Want, GatewayModule.Facts>,
                Rendered<GatewayModule.Want, GatewayModule.Facts> {
    private static final String FILE = "/etc/rc.conf.d/routing/linkctl-gateway";
    private static final Question.ReadFile WRITTEN = Question.file(FILE);

    /** The values that {@link Want#text} writes. */
    private static final Pattern ROUTE =
            Pattern.compile("(?m)^(?:ipv6_)?route_linkctl[0-9]+=\"(?:-net )?(?<prefix>\\S+) (?<gateway>\\S+)\"$");

    /**
     * All hops of a host.
     *
     * @param hops none: what was made of them shall be there no more
     * @param device the declared interface that is on the gateway's network; null: another one is
     */
    public record Want(List<StaticRoute> hops, @Nullable String device) implements Resource {
        @Override
        public String id() {
            return "freebsd.gateway";
        }

        @Override
        public Set<String> needs() {
            return device == null ? Set.of() : Set.of("address:" + device);
        }

        /** Null where there is nothing to say. */
        @Nullable
        String text() {
            if (hops.isEmpty()) return null;
            StringBuilder out = new StringBuilder(OurFiles.MARK).append('\n');
            family(
                    out,
                    "",
                    "-net ",
                    hops.stream().filter(hop -> !hop.prefix().isV6()).toList());
            family(
                    out,
                    "ipv6_",
                    "",
                    hops.stream().filter(hop -> hop.prefix().isV6()).toList());
            return out.toString();
        }

        /** With the interface behind its name, a route is set again when that interface is (rc.d/netif). */
        private void family(StringBuilder out, String begin, String net, List<StaticRoute> all) {
            if (all.isEmpty()) return;
            String list = begin + "static_routes";
            out.append(list).append("=\"${").append(list).append('}');
            for (int i = 0; i < all.size(); i++) {
                out.append(" linkctl").append(i);
                if (device != null) out.append(':').append(device);
            }
            out.append("\"\n");
            for (int i = 0; i < all.size(); i++) {
                StaticRoute hop = all.get(i);
                out.append(begin)
                        .append("route_linkctl")
                        .append(i)
                        .append("=\"")
                        .append(net);
                out.append(hop.prefix()).append(' ').append(hop.via()).append("\"\n");
            }
        }
    }

    /** The kernel's routes and our file. */
    public record Facts(Netstat kernel, @Nullable String file) {}

    @Override
    public String name() {
        return "freebsd.gateway";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Want> want(Scope scope) {
        List<StaticRoute> hops = StaticRoute.byGateway(scope.fabric(), scope.host());
        if (hops.isEmpty()) return List.of();
        String device = scope.fabric()
                .deviceTowards(scope.host(), hops.getFirst().via())
                .orElse(null);
        return List.of(new Want(hops, device));
    }

    private static List<Cidr> prefixes(Want want) {
        return want.hops().stream().map(StaticRoute::prefix).toList();
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(Netstat.question(prefixes(want)), WRITTEN);
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(
                Netstat.read(answers, prefixes(want)), answers.to(WRITTEN).orElse(null));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(new Netstat(List.of()), null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        return Fix.changes(fixes(want, have));
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return changes.isEmpty() ? List.of() : Fix.steps(fixes(want, have));
    }

    private static List<Fix> fixes(Want want, Facts have) {
        String file = have.file();
        if (file != null && !OurFiles.isOurs(file)) {
            if (want.hops().isEmpty()) return List.of();
            throw new Refused(FILE + " is somebody else's; move it away if linkctl shall write it");
        }
        List<Fix> out = new ArrayList<>();
        for (StaticRoute hop : want.hops()) {
            RouteDiff.of(
                            List.of(RouteWay.by(hop.prefix(), hop.via())),
                            have.kernel().to(hop.prefix()))
                    .ifPresent(diff -> out.add(diff.fix()));
        }
        abandoned(want, have).forEach(path -> out.add(RouteDiff.removal(path)));
        String text = want.text();
        if (text == null && file != null) out.add(new Fix(Change.file(FILE, file, null), new Step.RemoveFile(FILE)));
        if (text != null && !text.equals(file)) {
            out.add(new Fix(Change.file(FILE, file, text), Step.put(FILE, "0644", text)));
        }
        return out;
    }

    /** What a file of ours routes, the kernel has just so, and the inventory no longer wants. */
    private static Set<Netstat.Path> abandoned(Want want, Facts have) {
        Set<Netstat.Path> out = new LinkedHashSet<>();
        routed(have.file()).forEach((prefix, gateway) -> {
            if (want.hops().stream().anyMatch(hop -> hop.prefix().equals(prefix))) return;
            have.kernel().to(prefix).stream()
                    .filter(path -> path.isStatic() && path.gateway().equals(gateway))
                    .forEach(out::add);
        });
        return out;
    }

    private static Map<Cidr, String> routed(@Nullable String file) {
        Map<Cidr, String> out = new LinkedHashMap<>();
        if (file == null) return out;
        Matcher match = ROUTE.matcher(file);
        while (match.find()) {
            String gateway = match.group("gateway");
            Cidr.parse(match.group("prefix")).ifPresent(prefix -> out.put(prefix, gateway));
        }
        return out;
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.hops().isEmpty() ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of(), null));
    }

    /** A route that is there already, but of which no file of linkctl's tells. */
    @Override
    public List<String> adopts(Want want, Facts have) {
        if (have.file() != null) return List.of();
        return want.hops().stream()
                .flatMap(hop -> have.kernel().to(hop.prefix()).stream())
                .map(path -> "route " + path.prefix() + " by " + path.gateway())
                .toList();
    }

    /**
     * One answer, or ten packets a second apart: a neighbour of IPv6 that was rebooted is trusted by its old entry for 5 s
     * and asked for three seconds before it is looked for anew (RFC 4861, section 10).
     */
    private static Question.Command ping(StaticRoute hop) {
        return Question.command(
                "ping", "-n", "-o", "-c", "10", "-W", "1000", hop.via().text());
    }

    @Override
    public List<Question<?>> examine(Want want) {
        return want.hops().stream().<Question<?>>map(hop -> ping(hop)).toList();
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        List<Finding> out = new ArrayList<>();
        for (StaticRoute hop : want.hops()) {
            String subject = "route " + hop.prefix();
            RouteWay way = RouteWay.by(hop.prefix(), hop.via());
            List<Netstat.Path> found = have.kernel().to(hop.prefix());
            if (found.isEmpty()) out.add(Finding.bad(subject, "missing"));
            else if (!found.stream().allMatch(way::is)) {
                out.add(Finding.bad(subject, "not by " + hop.via() + " alone"));
            } else if (!answers.to(ping(hop)).ok()) out.add(Finding.bad(subject, hop.via() + " does not answer"));
            else out.add(Finding.good(subject, "by " + hop.via()));
        }
        return out;
    }
}
