package org.linkctl.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Hub;
import org.linkctl.model.Publish;
import org.linkctl.model.Route;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Site;
import org.linkctl.model.Tunnel;

/** What is known in {@code fabric}. */
public final class FabricSpec extends Spec {
    FabricSpec(InventoryRun run) {
        super(run);
    }

    /** A place with hosts: {@code site('a', lan: '10.2.3.0/24') { … }}. */
    public void site(
            @NamedParams({@NamedParam(value = "lan", type = Object.class)}) Map<String, Object> attributes,
            String name,
            @DelegatesTo(value = SiteSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        Given given = given(attributes);
        declarations().add(new Site(name, given.prefixes("lan"), given.at()));
        run(new SiteSpec(inventory(), name), body);
    }

    /** A WireGuard tunnel between two hosts, every value given. */
    public void tunnel(
            @FlagOrSecret("psk")
                    @NamedParams({
                        @NamedParam(value = "keepalive", type = Integer.class),
                        @NamedParam(value = "mtu", type = Integer.class),
                        @NamedParam(value = "psk", type = Object.class)
                    })
                    Map<String, Object> attributes,
            String name,
            @DelegatesTo(value = TunnelSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        Given given = given(attributes);
        TunnelSpec ends = new TunnelSpec(inventory());
        run(ends, body);
        declarations()
                .add(new Tunnel(
                        name,
                        null,
                        given.number("keepalive").orElse(null),
                        given.number("mtu").orElse(null),
                        given.psk("psk"),
                        ends.ends(),
                        given.at()));
    }

    /** Several tunnels between the same two hosts; names, ports and addresses are worked out. */
    public void tunnels(
            @FlagOrSecret("psk")
                    @NamedParams({
                        @NamedParam(value = "count", type = Integer.class, required = true),
                        @NamedParam(value = "ports", type = groovy.lang.IntRange.class, required = true),
                        @NamedParam(value = "transit", type = Object.class, required = true),
                        @NamedParam(value = "keepalive", type = Integer.class),
                        @NamedParam(value = "mtu", type = Integer.class),
                        @NamedParam(value = "psk", type = Object.class)
                    })
                    Map<String, Object> attributes,
            String name,
            @DelegatesTo(value = TunnelsSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        Given given = given(attributes);
        TunnelsSpec ends = new TunnelsSpec(inventory());
        run(ends, body);
        declarations().add(new TunnelGroup(name, given, ends.ends()));
    }

    /** A WireGuard interface that several hosts call. */
    public void hub(
            @NamedParams({
                        @NamedParam(value = "on", type = String.class, required = true),
                        @NamedParam(value = "port", type = Integer.class, required = true),
                        @NamedParam(value = "address", type = Object.class, required = true),
                        @NamedParam(value = "endpoint", type = String.class, required = true),
                        @NamedParam(value = "key", type = SecretRef.class),
                        @NamedParam(value = "keepalive", type = Integer.class),
                        @NamedParam(value = "mtu", type = Integer.class)
                    })
                    Map<String, Object> attributes,
            String name,
            @DelegatesTo(value = HubSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        Given given = given(attributes);
        HubSpec spokes = new HubSpec(inventory());
        run(spokes, body);
        declarations()
                .add(new Hub(
                        name,
                        given.text("on").orElse(""),
                        given.number("port").orElse(0),
                        given.addresses("address"),
                        given.text("endpoint").orElse(""),
                        given.secret("key").orElse(null),
                        given.number("keepalive").orElse(null),
                        given.number("mtu").orElse(null),
                        spokes.spokes(),
                        given.at()));
    }

    /** Connections to addresses of a hub's host go to its spokes. */
    public void publish(
            @Ports({"tcp", "udp"})
                    @NamedParams({
                        @NamedParam(value = "on", type = String.class, required = true),
                        @NamedParam(value = "address", type = Object.class, required = true),
                        @NamedParam(value = "tcp", type = Object.class),
                        @NamedParam(value = "udp", type = Object.class),
                        @NamedParam(value = "to", type = Object.class, required = true),
                        @NamedParam(value = "choose", type = Publish.Choose.class),
                        @NamedParam(value = "masquerade", type = Boolean.class),
                        @NamedParam(value = "ruleset", type = Firewall.Ruleset.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        Given given = given(attributes);
        declarations()
                .add(new Publish(
                        name,
                        given.text("on").orElse(""),
                        given.ips("address"),
                        given.ports("tcp"),
                        given.ports("udp"),
                        given.texts("to"),
                        given.constant("choose", Publish.Choose.class).orElse(Publish.Choose.FIRST_HEALTHY),
                        given.flagOr("masquerade", true),
                        given.constant("ruleset", Firewall.Ruleset.class).orElse(null),
                        given.at()));
    }

    /** Runs another file of the inventory's folder as if its text stood here. */
    public void include(String file) {
        inventory().include(file, this);
    }

    /** Each of two sites' LANs reaches the other over tunnels. */
    public void route(
            @NamedParams({
                        @NamedParam(value = "between", type = List.class, required = true),
                        @NamedParam(value = "via", type = Object.class, required = true),
                        @NamedParam(value = "weights", type = Map.class),
                        @NamedParam(value = "hash", type = Route.Hash.class),
                        @NamedParam(value = "failover", type = Route.Failover.class)
                    })
                    Map<String, Object> attributes) {
        Given given = given(attributes);
        Route.Hash hash = given.constant("hash", Route.Hash.class).orElse(Route.Hash.L4);
        Route.Failover failover =
                given.constant("failover", Route.Failover.class).orElse(Route.Failover.NONE);
        List<String> between = given.texts("between");
        List<String> via = given.texts("via");
        Map<String, Integer> weights = given.numbers("weights");
        declarations()
                .route(known ->
                        new Route(between, members(known, via), weights(known, weights), hash, failover, given.at()));
    }

    /** Tunnel names, with the name of a group standing for all of its tunnels. */
    private static List<String> members(Fabric known, List<String> names) {
        List<String> all = new ArrayList<>();
        for (String name : names) all.addAll(members(known, name));
        return all;
    }

    private static List<String> members(Fabric known, String name) {
        List<String> group = known.tunnels().stream()
                .filter(tunnel -> name.equals(tunnel.group()))
                .map(Tunnel::name)
                .toList();
        return group.isEmpty() ? List.of(name) : group;
    }

    private static Map<String, Integer> weights(Fabric known, Map<String, Integer> byName) {
        Map<String, Integer> all = new LinkedHashMap<>();
        byName.forEach((name, weight) -> members(known, name).forEach(tunnel -> all.put(tunnel, weight)));
        return all;
    }
}
