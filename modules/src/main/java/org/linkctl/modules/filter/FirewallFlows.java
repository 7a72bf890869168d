package org.linkctl.modules.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * What a host's firewall lets in, redirects and translates: connections that no rule of others may stop. Where all rules
 * but linkctl's are the user's ({@code ruleset: ANCHOR}), what is allowed is only not stopped by linkctl.
 */
public record FirewallFlows(List<Flow> unplaced) {
    public FirewallFlows {
        unplaced = List.copyOf(unplaced);
    }

    public static FirewallFlows of(Fabric fabric, Host host) {
        List<Flow> out = new ArrayList<>();
        fabric.one(Firewall.class, host).ifPresent(firewall -> {
            if (firewall.ruleset() == Firewall.Ruleset.MAIN) {
                for (Firewall.Rule rule : firewall.rules()) {
                    if (rule.allow() && rule.outbound() == null) allowed(out, fabric, host, firewall, rule);
                }
            }
            for (Firewall.Redirect redirect : firewall.redirects()) redirected(out, fabric, host, redirect);
            for (Firewall.Nat nat : firewall.nats()) {
                for (Cidr from : nat.from()) {
                    Cidr any = any(from.isV6());
                    out.add(new Flow(Flow.Hook.FORWARD, "", nat.outbound(), from, any, "tcp", DeclaredFlows.SOME_PORT));
                }
            }
        });
        return new FirewallFlows(out);
    }

    public boolean isEmpty() {
        return unplaced.isEmpty();
    }

    private static void allowed(List<Flow> out, Fabric fabric, Host host, Firewall firewall, Firewall.Rule rule) {
        if (rule.proto() == Firewall.Proto.ICMP) return;
        String protocol = protocol(rule.proto());
        Firewall.Ports ports = rule.ports();
        int port = ports == null ? DeclaredFlows.SOME_PORT : ports.from();
        String in = rule.inbound() == null ? "" : rule.inbound();
        for (boolean v6 : new boolean[] {false, true}) {
            for (Cidr from : prefixes(firewall, rule.from(), v6)) {
                for (Cidr to : prefixes(firewall, rule.to(), v6)) {
                    boolean own = to.length() == 0 || isOwn(fabric, host, to);
                    // Of all ports of the host itself, nobody can say which matter.
                    if (own && ports == null) continue;
                    Flow.Hook hook = own ? Flow.Hook.INPUT : Flow.Hook.FORWARD;
                    out.add(new Flow(hook, in, "", from, to, protocol, port));
                }
            }
        }
    }

    private static void redirected(List<Flow> out, Fabric fabric, Host host, Firewall.Redirect redirect) {
        Cidr to = Cidr.host(redirect.to());
        Integer port = redirect.toPort();
        Flow.Hook hook = isOwn(fabric, host, to) ? Flow.Hook.INPUT : Flow.Hook.FORWARD;
        out.add(new Flow(
                hook,
                redirect.inbound(),
                "",
                any(to.isV6()),
                to,
                protocol(redirect.proto()),
                port == null ? redirect.ports().from() : port));
    }

    private static String protocol(Firewall.@Nullable Proto proto) {
        return proto == null ? "tcp" : proto.name().toLowerCase(Locale.ROOT);
    }

    private static boolean isOwn(Fabric fabric, Host host, Cidr to) {
        return fabric.holder(host, to.address()).isPresent();
    }

    private static Cidr any(boolean v6) {
        return Cidr.of(v6 ? "::/0" : "0.0.0.0/0");
    }

    /** Of a long list the first one stands for all: rules that tell them apart are rare, and nobody reads a warning for each. */
    private static List<Cidr> prefixes(Firewall firewall, List<Firewall.Peer> peers, boolean v6) {
        if (peers.isEmpty()) return List.of(any(v6));
        return peers.stream()
                .flatMap(peer -> switch (peer) {
                    case Firewall.Peer.Net(Cidr prefix) -> Stream.of(prefix);
                    case Firewall.Peer.Of(String name) ->
                        firewall.tables().stream()
                                .filter(table -> table.name().equals(name))
                                .flatMap(table -> table.addresses().stream());
                })
                .filter(prefix -> prefix.isV6() == v6)
                .limit(1)
                .toList();
    }

    /** @param device the interface that is on the network of an address; empty where none is */
    public List<Flow> all(Function<Ip, String> device) {
        return unplaced.stream().map(flow -> placed(flow, device)).distinct().toList();
    }

    private static Flow placed(Flow flow, Function<Ip, String> device) {
        if (flow.hook() == Flow.Hook.INPUT) return flow;
        return new Flow(
                flow.hook(),
                flow.in().isEmpty() ? towards(flow.from(), device) : flow.in(),
                flow.out().isEmpty() ? towards(flow.to(), device) : flow.out(),
                flow.from(),
                flow.to(),
                flow.protocol(),
                flow.port());
    }

    private static String towards(Cidr prefix, Function<Ip, String> device) {
        return prefix.length() == 0 ? "" : device.apply(DeclaredFlows.someone(prefix));
    }
}
