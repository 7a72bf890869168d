package org.linkctl.modules.filter;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.linkctl.model.Balance;
import org.linkctl.model.Everything;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.HubLans;
import org.linkctl.model.KeptSources;
import org.linkctl.model.Publish;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.modules.publishing.PublishedService;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * What a host has to let pass: for the links that end on it, between its own LANs and the far ones, or clients of a
 * gateway, and what calls its tunnels; and what it spreads over next hops and publishes.
 *
 * @param sessions what comes out of a tunnel for the host itself: by which its far end is known to be there, and what is
 *     published over a hub
 */
public record DeclaredFlows(List<Transit> transits, List<Call> calls, List<Flow> forwarded, List<Flow> sessions) {
    /** A port that no program has, so that no rule is about it but one for all. */
    static final int SOME_PORT = 47_311;

    private static final int BGP = 179;
    private static final int BFD = 3784;

    /** Between a LAN of the host's own site and what is behind a tunnel, both ways. */
    public record Transit(String tunnel, Cidr near, Cidr far) {}

    /** A far end begins a session with a tunnel's port. */
    public record Call(String tunnel, int port, boolean v6) {}

    public DeclaredFlows {
        transits = List.copyOf(transits);
        calls = List.copyOf(calls);
        forwarded = List.copyOf(forwarded);
        sessions = List.copyOf(sessions);
    }

    public static DeclaredFlows of(Fabric fabric, Host host) {
        Set<Transit> transits = new LinkedHashSet<>();
        List<Call> calls = new ArrayList<>();
        for (Route route : fabric.routes(host)) {
            for (Tunnel tunnel : fabric.tunnels(route, host)) {
                transits(transits, fabric, host, tunnel.name(), fabric.farLans(route, host));
                for (Cidr source : Everything.sources(fabric, route, host))
                    transits.add(new Transit(tunnel.name(), source, Everything.everywhere(source.isV6())));
            }
        }
        for (HubLans lans : HubLans.all(fabric, host)) {
            boolean called = fabric.isHub(lans.hub(), host);
            transits(transits, lans.near(), lans.hub().name(), lans.farLans());
            if (!called)
                transits(transits, lans.near(), lans.hub().name(), lans.hub().networks());
        }
        for (Tunnel tunnel : fabric.tunnels(host)) {
            Tunnel.End end = tunnel.endOn(host.name());
            if (end.endpoint() != null) calls.add(new Call(tunnel.name(), end.port(), isV6(end.endpoint())));
        }
        for (Hub hub : fabric.hubs(host)) {
            if (!fabric.isHub(hub, host)) continue;
            transits(transits, fabric, host, hub.name(), hub.networks());
            calls.add(new Call(hub.name(), hub.port(), isV6(hub.endpoint())));
        }
        if (!fabric.of(FirezoneGateway.class, host).isEmpty())
            transits(transits, fabric, host, FirezoneGateway.DEVICE, FirezoneGateway.CLIENTS);
        List<Flow> sessions = new ArrayList<>(sessions(fabric, host));
        sessions.addAll(kept(fabric, host));
        return new DeclaredFlows(List.copyOf(transits), calls, forwarded(fabric, host), sessions);
    }

    /** Either end may be the first to speak: BGP (RFC 4271, section 8) and BFD over a single hop (RFC 5881, section 4). */
    private static List<Flow> sessions(Fabric fabric, Host host) {
        List<Flow> out = new ArrayList<>();
        for (Route route : fabric.bgpRoutes(host)) {
            for (Tunnel tunnel : fabric.tunnels(route, host)) {
                String other = tunnel.farFrom(host.name()).host();
                Ip far = tunnel.farAddress(host.name(), false);
                Ip near = tunnel.farAddress(other, false);
                if (far == null || near == null) continue; // the checks refuse it
                out.add(session(tunnel, far, near, "tcp", BGP));
                if (route.bfd()) out.add(session(tunnel, far, near, "udp", BFD));
            }
        }
        return out;
    }

    /** What is published over hubs of which this host is a spoke, with the callers' own addresses. */
    private static List<Flow> kept(Fabric fabric, Host host) {
        List<Flow> out = new ArrayList<>();
        for (KeptSources kept : KeptSources.of(fabric, host)) {
            for (Firewall.Proto proto : List.of(Firewall.Proto.TCP, Firewall.Proto.UDP)) {
                kept.ports(proto).stream().findFirst().ifPresent(ports -> out.add(asked(kept, proto, ports.from())));
            }
        }
        return out;
    }

    private static Flow asked(KeptSources kept, Firewall.Proto proto, int port) {
        Cidr to = Cidr.host(kept.address());
        String protocol = proto.name().toLowerCase(Locale.ROOT);
        return new Flow(Flow.Hook.INPUT, kept.hub().name(), "", any(kept.v6()), to, protocol, port);
    }

    private static Flow session(Tunnel tunnel, Ip from, Ip to, String protocol, int port) {
        return new Flow(Flow.Hook.INPUT, tunnel.name(), "", Cidr.host(from), Cidr.host(to), protocol, port);
    }

    private static void transits(Set<Transit> out, Fabric fabric, Host host, String tunnel, List<Cidr> far) {
        transits(out, fabric.siteOf(host).lan(), tunnel, far);
    }

    private static void transits(Set<Transit> out, List<Cidr> lans, String tunnel, List<Cidr> far) {
        for (Cidr near : lans) {
            for (Cidr one : far) if (near.isV6() == one.isV6()) out.add(new Transit(tunnel, near, one));
        }
    }

    private static List<Flow> forwarded(Fabric fabric, Host host) {
        List<Flow> out = new ArrayList<>();
        for (Balance balance : fabric.of(Balance.class, host)) {
            for (Ip hop : balance.over()) {
                String device = fabric.deviceTowards(host, hop).orElse("");
                out.add(new Flow(
                        Flow.Hook.FORWARD,
                        balance.inbound(),
                        device,
                        first(balance.from(), hop.isV6()),
                        first(balance.to(), hop.isV6()),
                        "tcp",
                        SOME_PORT));
            }
        }
        for (PublishedService one : PublishedService.of(fabric, host)) {
            for (Publish.Target target : one.targets()) {
                for (Firewall.Proto proto : one.protos()) {
                    out.add(new Flow(
                            Flow.Hook.FORWARD,
                            one.addresses().values().iterator().next(),
                            target.hub().name(),
                            any(one.v6()),
                            Cidr.host(target.address()),
                            proto.name().toLowerCase(Locale.ROOT),
                            one.ports(proto).getFirst().from()));
                }
            }
        }
        return out;
    }

    private static Cidr first(List<Cidr> prefixes, boolean v6) {
        return prefixes.stream()
                .filter(prefix -> prefix.isV6() == v6)
                .findFirst()
                .orElse(any(v6));
    }

    private static Cidr any(boolean v6) {
        return Cidr.of(v6 ? "::/0" : "0.0.0.0/0");
    }

    private static boolean isV6(String endpoint) {
        return Ip.parse(endpoint).filter(Ip::isV6).isPresent();
    }

    public boolean isEmpty() {
        return transits.isEmpty() && calls.isEmpty() && forwarded.isEmpty() && sessions.isEmpty();
    }

    /** @param device the interface that is on the network of an address; empty where none is */
    public List<Flow> all(Function<Ip, String> device) {
        List<Flow> out = new ArrayList<>();
        for (Transit one : transits) {
            String lan = device.apply(someone(one.near()));
            out.add(new Flow(Flow.Hook.FORWARD, lan, one.tunnel(), one.near(), one.far(), "tcp", SOME_PORT));
            out.add(new Flow(Flow.Hook.FORWARD, one.tunnel(), lan, one.far(), one.near(), "tcp", SOME_PORT));
        }
        for (Call one : calls) {
            // By which interface, from where and to which of the host's addresses, nobody has said.
            Cidr any = any(one.v6());
            out.add(new Flow(Flow.Hook.INPUT, "", "", any, any, "udp", one.port()));
        }
        out.addAll(forwarded);
        out.addAll(sessions);
        return List.copyOf(out);
    }

    static Ip someone(Cidr lan) {
        boolean single = lan.length() == (lan.isV6() ? 128 : 32);
        return single
                ? lan.address()
                : lan.network()
                        .at(lan.length() >= (lan.isV6() ? 127 : 31) ? 1 : 2)
                        .address();
    }
}
