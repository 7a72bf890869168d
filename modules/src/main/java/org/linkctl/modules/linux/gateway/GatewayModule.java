package org.linkctl.modules.linux.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.modules.linux.kernel.IpRoute;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.kernel.RoutesAcrossReload;
import org.linkctl.modules.linux.order.Provided;
import org.linkctl.modules.linux.stack.BareHost;
import org.linkctl.modules.linux.stack.DeclaredInterfaces;
import org.linkctl.modules.linux.stack.NetworkStack;
import org.linkctl.modules.linux.stack.StackDiff;
import org.linkctl.modules.linux.stack.StackFacts;
import org.linkctl.modules.routes.StaticRoute;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
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

/** The far sites' LANs, on a host that reaches them through its site's gateway (ip-route(8)). */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class GatewayModule
        implements Remembered<GatewayModule.Want, GatewayModule.Facts>,
                Examined<GatewayModule.Want, GatewayModule.Facts>,
                Rendered<GatewayModule.Want, GatewayModule.Facts> {
    private static final Question.Command ALL = Question.command("ip", "-j", "-4", "route", "show", "proto", "static");
    private static final Question.Command ALL_V6 =
            Question.command("ip", "-j", "-6", "route", "show", "proto", "static");

    /**
     * All hops of a host.
     *
     * @param hops none: what was made of them shall be there no more
     * @param device the declared interface that is on the gateway's network; null: another one is
     */
    public record Want(List<StaticRoute> hops, @Nullable String device) implements Resource {
        @Override
        public String id() {
            return "linux.gateway";
        }

        @Override
        public Set<String> provides() {
            return Set.of(Provided.GATEWAY_ROUTES);
        }

        @Override
        public Set<String> needs() {
            return device == null ? Set.of() : Set.of("address:" + device);
        }
    }

    /**
     * What was found.
     *
     * @param now what each prefix goes through, as a plan shows it; absent: no route
     * @param constant the prefixes of all routes that were not learned (proto static)
     * @param device the interface towards the gateway; empty where the kernel knows none
     * @param routes what a reload of the stack would take away
     */
    public record Facts(
            Map<Cidr, String> now, Set<Cidr> constant, String device, StackFacts stack, RoutesAcrossReload routes) {}

    @Override
    public String name() {
        return "linux.gateway";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        List<StaticRoute> hops = StaticRoute.byGateway(scope.fabric(), scope.host());
        return hops.isEmpty()
                ? List.of()
                : List.of(new Want(
                        hops, DeclaredInterfaces.towards(scope, hops.getFirst().via())));
    }

    private static Question.Command exact(Cidr prefix) {
        return Question.command("ip", "-j", prefix.isV6() ? "-6" : "-4", "route", "show", "exact", prefix.toString());
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(StackFacts.questions());
        want.hops().forEach(hop -> out.add(exact(hop.prefix())));
        out.add(ALL);
        out.add(ALL_V6);
        out.add(Links.question());
        out.addAll(RoutesAcrossReload.questions());
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        Map<Cidr, String> now = new LinkedHashMap<>();
        for (StaticRoute hop : want.hops()) {
            for (JsonNode route : Json.objects("ip route show", answers.stdout(exact(hop.prefix())))) {
                if (route.path("type").asText().equals("unreachable"))
                    continue; // leads nowhere, and gives way to any other
                String via = route.has("gateway")
                        ? "via " + Json.text(route, "gateway")
                        : route.has("nexthops") ? "several nexthops" : "dev " + Json.text(route, "dev");
                now.merge(hop.prefix(), via, (one, other) -> one + ", " + other);
            }
        }
        Set<Cidr> constant = new LinkedHashSet<>(prefixes(answers.stdout(ALL), 32));
        constant.addAll(prefixes(answers.stdout(ALL_V6), 128));
        return new Facts(
                now,
                constant,
                device(want, Links.from(answers)),
                StackFacts.from(answers),
                RoutesAcrossReload.read(answers));
    }

    /** ip-route(8) leaves out the length of a single address, and calls the prefix of all addresses default. */
    private static List<Cidr> prefixes(String output, int whole) {
        List<Cidr> out = new ArrayList<>();
        for (JsonNode route : Json.objects("ip route show", output)) {
            String to = Json.text(route, "dst");
            if (!to.equals("default")) {
                Cidr.parse(to.indexOf('/') < 0 ? to + "/" + whole : to).ifPresent(out::add);
            }
        }
        return out;
    }

    /** A declared interface need not be there yet; any other is known by its address. */
    private static String device(Want want, Links links) {
        if (want.device() != null) return want.device();
        if (want.hops().isEmpty()) return "";
        return links.towards(want.hops().getFirst().via());
    }

    @Override
    public Facts bare(Want want) {
        String declared = want.device();
        return declared == null
                ? new Facts(Map.of(), Set.of(), BareHost.UPLINK, BareHost.STACK_OF_UPLINK, RoutesAcrossReload.NONE)
                : new Facts(Map.of(), Set.of(), declared, BareHost.STACK, RoutesAcrossReload.NONE);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        NetworkStack stack = have.stack().require();
        if (have.device().isEmpty() && !want.hops().isEmpty()) {
            throw new Refused("no interface of it is on the network of its gateway "
                    + want.hops().getFirst().via());
        }
        List<Change> out = new ArrayList<>();
        for (StaticRoute hop : want.hops()) {
            String wanted = "via " + hop.via();
            String now = have.now().get(hop.prefix());
            if (!wanted.equals(now)) out.add(Change.state("route " + hop.prefix(), now, wanted));
        }
        for (Cidr prefix : abandoned(want, have, stack)) {
            out.add(Change.state("route " + prefix, "present", null).cuts());
        }
        StackDiff.files(
                want.hops().isEmpty()
                        ? Map.of()
                        : stack.routes(want.hops(), have.device(), want.device() != null, have.stack()),
                have.stack().ours(),
                (path, text) -> stack.routes(path),
                out);
        return out;
    }

    /** What a file of ours routes, the kernel has, and the inventory no longer wants. */
    private static List<Cidr> abandoned(Want want, Facts have, NetworkStack stack) {
        return have.stack().ours().entrySet().stream()
                .filter(file -> stack.routes(file.getKey()))
                .flatMap(file -> stack.routed(file.getValue()).stream())
                .filter(prefix -> have.constant().contains(prefix))
                .filter(prefix ->
                        want.hops().stream().noneMatch(hop -> hop.prefix().equals(prefix)))
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        List<Step> out = new ArrayList<>();
        for (StaticRoute hop : want.hops()) {
            boolean changed =
                    changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, "route " + hop.prefix()));
            if (!changed) continue;
            out.add(Step.run(IpRoute.replace(hop), before(hop, have)));
        }
        for (Change change : changes) {
            if (change.kind() != Change.Kind.STATE || change.after() != null) continue;
            String prefix = change.subject().substring("route ".length());
            out.add(Step.run("ip", "route", "delete", prefix, "proto", "static"));
        }
        NetworkStack stack = have.stack().require();
        if (StackDiff.write(stack, changes, out)) {
            out.addAll(have.routes().around(stack.routesChanged(have.device(), have.stack()), have.device()));
        }
        return out;
    }

    /** What brings back the way that a prefix had. */
    private static Argv before(StaticRoute hop, Facts have) {
        String now = have.now().get(hop.prefix());
        if (now == null || !now.startsWith("via ") || now.contains(",")) {
            return Argv.of("ip", "route", "delete", hop.prefix().toString(), "proto", "static");
        }
        return Argv.of("ip", "route", "replace", hop.prefix().toString(), "via", now.substring("via ".length()));
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        if (want.hops().isEmpty()) return Optional.empty();
        return Optional.of(Memory.OWNED.with("device", have.device().isEmpty() ? null : have.device()));
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of(), owned.memory().value("device").orElse(null)));
    }

    /** A route that is there already, but of which no file of linkctl's tells. */
    @Override
    public List<String> adopts(Want want, Facts have) {
        NetworkStack stack = have.stack().require();
        if (have.stack().ours().keySet().stream().anyMatch(stack::routes)) return List.of();
        List<String> out = new ArrayList<>();
        have.now().forEach((prefix, via) -> out.add("route " + prefix + " " + via));
        return out;
    }

    /**
     * One answer, or ten seconds: a neighbour that was rebooted is trusted by its old entry for 5 s and asked for three
     * seconds before it is looked for anew (arp(7), delay_first_probe_time, ucast_solicit, retrans_time_ms).
     */
    private static Question.Command ping(StaticRoute hop) {
        return Question.command("ping", "-n", "-c", "1", "-w", "10", hop.via().text());
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
            String now = Optional.ofNullable(have.now().get(hop.prefix())).orElse("missing");
            if (!now.equals("via " + hop.via())) out.add(Finding.bad(subject, now));
            else if (!answers.to(ping(hop)).ok()) out.add(Finding.bad(subject, hop.via() + " does not answer"));
            else out.add(Finding.good(subject, now));
        }
        return out;
    }
}
