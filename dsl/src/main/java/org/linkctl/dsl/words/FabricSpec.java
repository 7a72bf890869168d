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
import org.linkctl.model.Group;
import org.linkctl.model.Hub;
import org.linkctl.model.Publish;
import org.linkctl.model.Route;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Site;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;

/** The words in the braces of {@code fabric}. */
public final class FabricSpec extends Spec {
    FabricSpec(InventoryRun run) {
        super(run);
    }

    /** A site with its LAN prefixes and hosts: {@code site('a', lan: '10.2.3.0/24') { … }}. */
    public void site(
            @NamedParams({@NamedParam(value = "lan", type = Object.class)}) Map<String, Object> attributes,
            String name,
            @DelegatesTo(value = SiteSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        AttributeValues values = values(attributes);
        declarations().add(new Site(name, values.net().prefixes("lan"), values.at()));
        run(new SiteSpec(inventory(), name), body);
    }

    /** One WireGuard tunnel between two hosts, or a host and a peer; ports and addresses are given. */
    public void tunnel(
            @FlagOrSecret("psk")
                    @Independent({"keepalive", "mtu", "psk"})
                    @NamedParams({
                        @NamedParam(value = "keepalive", type = Integer.class),
                        @NamedParam(value = "mtu", type = Integer.class),
                        @NamedParam(value = "psk", type = Object.class)
                    })
                    Map<String, Object> attributes,
            String name,
            @DelegatesTo(value = TunnelSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        AttributeValues values = values(attributes);
        TunnelSpec ends = new TunnelSpec(inventory());
        run(ends, body);
        declarations()
                .add(new Tunnel(
                        name,
                        null,
                        values.number("keepalive").orElse(null),
                        values.number("mtu").orElse(null),
                        values.psk("psk"),
                        ends.ends(),
                        values.at()));
    }

    /**
     * A group of WireGuard tunnels between the same two hosts; names, ports and addresses are assigned ({@link
     * TunnelGroup}).
     */
    public void tunnels(
            @FlagOrSecret("psk")
                    @Independent({"keepalive", "mtu", "psk"})
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
        AttributeValues values = values(attributes);
        TunnelsSpec ends = new TunnelsSpec(inventory());
        run(ends, body);
        declarations().add(new TunnelGroup(name, values, ends.ends()));
    }

    /** A WireGuard interface with several peers, which connect to it. */
    public void hub(
            @Independent({"port", "key", "keepalive", "mtu"})
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
        AttributeValues values = values(attributes);
        List<Cidr> addresses = values.net().addresses("address");
        HubSpec spokes = new HubSpec(inventory(), addresses);
        run(spokes, body);
        declarations()
                .add(new Hub(
                        name,
                        values.text("on").orElse(""),
                        values.number("port").orElse(0),
                        addresses,
                        values.text("endpoint").orElse(""),
                        values.secret("key").orElse(null),
                        values.number("keepalive").orElse(null),
                        values.number("mtu").orElse(null),
                        spokes.ends(),
                        spokes.peers(),
                        values.at()));
    }

    /** Forwards connections to addresses of a hub's host to its spokes (destination NAT). */
    public void publish(
            @PortOrList({"tcp", "udp"})
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
        AttributeValues values = values(attributes);
        declarations()
                .add(new Publish(
                        name,
                        values.text("on").orElse(""),
                        values.net().ips("address"),
                        values.ports("tcp"),
                        values.ports("udp"),
                        values.texts("to"),
                        values.constant("choose", Publish.Choose.class).orElse(Publish.Choose.FIRST_HEALTHY),
                        values.flagOr("masquerade", true),
                        values.constant("ruleset", Firewall.Ruleset.class).orElse(null),
                        values.at()));
    }

    /** Hosts under one name, for {@code --limit} and for playbooks. */
    public void group(
            @NamedParams({@NamedParam(value = "hosts", type = Object.class, required = true)})
                    Map<String, Object> attributes,
            String name) {
        AttributeValues values = values(attributes);
        declarations().add(new Group(name, values.texts("hosts"), values.at()));
    }

    /** Runs another file of the inventory's folder as if its text were here. */
    public void include(@FileName String file) {
        inventory().include(file, this);
    }

    /** Routes the LANs of two sites to each other over one or several tunnels (equal-cost multipath). */
    public void route(
            @Independent({"weights", "hash", "failover", "bfd", "hold"})
                    @NamedParams({
                        @NamedParam(value = "between", type = List.class, required = true),
                        @NamedParam(value = "via", type = Object.class, required = true),
                        @NamedParam(value = "weights", type = Map.class),
                        @NamedParam(value = "prefer", type = Object.class),
                        @NamedParam(value = "everythingFrom", type = Object.class),
                        @NamedParam(value = "hash", type = Route.Hash.class),
                        @NamedParam(value = "failover", type = Route.Failover.class),
                        @NamedParam(value = "protocol", type = Route.Protocol.class),
                        @NamedParam(value = "bfd", type = Boolean.class),
                        @NamedParam(value = "hold", type = Map.class)
                    })
                    Map<String, Object> attributes) {
        AttributeValues values = values(attributes);
        Route.Hash hash = values.constant("hash", Route.Hash.class).orElse(Route.Hash.L4);
        Route.Failover failover =
                values.constant("failover", Route.Failover.class).orElse(Route.Failover.NONE);
        List<String> between = values.texts("between");
        List<String> via = values.texts("via");
        Map<String, Integer> weights = values.numbers("weights");
        List<String> prefer = values.texts("prefer");
        values.notEmpty("everythingFrom", "prefer");
        List<Cidr> everythingFrom = values.net().nets("everythingFrom");
        Route.Protocol protocol =
                values.constant("protocol", Route.Protocol.class).orElse(Route.Protocol.STATIC);
        boolean bfd = values.flag("bfd");
        Map<String, Integer> hold = values.numbers("hold");
        declarations()
                .route(known -> new Route(
                        between,
                        members(known, via),
                        byTunnel(known, weights),
                        prefer.stream().map(name -> members(known, name)).toList(),
                        everythingFrom,
                        hash,
                        failover,
                        protocol,
                        bfd,
                        byTunnel(known, hold),
                        values.at()));
    }

    /** Tunnel names; the name of a group is replaced by those of all its tunnels. */
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

    /** The same for numbers by name. */
    private static Map<String, Integer> byTunnel(Fabric known, Map<String, Integer> byName) {
        Map<String, Integer> all = new LinkedHashMap<>();
        byName.forEach((name, number) -> members(known, name).forEach(tunnel -> all.put(tunnel, number)));
        return all;
    }
}
