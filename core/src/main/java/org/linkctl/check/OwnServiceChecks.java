package org.linkctl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Firewall.Proto;
import org.linkctl.model.Host;
import org.linkctl.model.HostAddresses;
import org.linkctl.model.Hub;
import org.linkctl.model.Overlap;
import org.linkctl.model.Publish;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.net.IpSet;

/** What is published or redirected, and is what the host itself answers: then it answers no more. */
final class OwnServiceChecks {
    /**
     * What a host answers.
     *
     * @param address where it is called; null: at one of its addresses, nobody knows which
     * @param translated where it is called is an address of no declared interface: that of an interface of its own, or
     *     of a NAT before the host, which leads to a private address or to one that is not declared
     */
    private record Service(
            String what, Proto proto, int port, @Nullable Ip address, boolean translated) {}

    private final Refusals refusals;
    private final Map<Host, List<Service>> services = new HashMap<>();

    OwnServiceChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Publish publish : fabric.all(Publish.class)) {
            for (Host host : fabric.hostsOf(publish.on())) publish(fabric, host, publish);
        }
        for (Firewall firewall : fabric.all(Firewall.class)) {
            for (Host host : fabric.hostsOf(firewall.on())) {
                for (Firewall.Redirect redirect : firewall.redirects()) redirect(fabric, host, redirect);
            }
        }
    }

    private static List<Service> services(Fabric fabric, Host host) {
        List<Service> out = new ArrayList<>();
        Ip ssh = HostAddresses.ssh(host).orElse(null);
        boolean known = ssh != null && fabric.holder(host, ssh).isPresent();
        boolean translated = ssh != null && !known && !ssh.isV6() && !Bits.isReused(Cidr.host(ssh));
        if (ssh == null || known || translated) {
            String what = "SSH to " + Names.shown(host.name());
            out.add(new Service(what, Proto.TCP, HostAddresses.sshPort(host), known ? ssh : null, translated));
        }
        for (Tunnel tunnel : fabric.tunnels(host)) {
            Tunnel.End end = tunnel.endOn(host.name());
            String what = "tunnel '" + Names.shown(tunnel.name()) + "'";
            out.add(new Service(what, Proto.UDP, end.port(), held(fabric, host, end.endpoint()), false));
        }
        for (Hub hub : fabric.hubs(host)) {
            if (!fabric.isHub(hub, host)) continue;
            String what = "hub '" + Names.shown(hub.name()) + "'";
            out.add(new Service(what, Proto.UDP, hub.port(), held(fabric, host, hub.endpoint()), false));
        }
        return out;
    }

    private static @Nullable Ip held(Fabric fabric, Host host, @Nullable String endpoint) {
        return Optional.ofNullable(endpoint)
                .flatMap(Ip::parse)
                .filter(address -> fabric.holder(host, address).isPresent())
                .orElse(null);
    }

    private void publish(Fabric fabric, Host host, Publish publish) {
        for (Service service : services.computeIfAbsent(host, one -> services(fabric, one))) {
            Firewall.Ports ports = publish.ports(service.proto()).stream()
                    .filter(one -> one.contains(service.port()))
                    .findFirst()
                    .orElse(null);
            if (ports == null) continue;
            for (Ip address : publish.addresses()) {
                if (service.address() != null && !service.address().equals(address)) continue;
                if (service.translated() && !Bits.isReused(Cidr.host(address))) continue;
                String attribute = service.proto() == Proto.TCP ? "tcp" : "udp";
                String what = attribute + ": " + service.port() + " of " + address;
                taken(publish.at(), attribute, ports.written(), what, service);
                break;
            }
        }
    }

    private void redirect(Fabric fabric, Host host, Firewall.Redirect redirect) {
        IpSet called = Overlap.addresses(fabric, host, redirect);
        for (Service service : services.computeIfAbsent(host, one -> services(fabric, one))) {
            if (service.proto() != redirect.proto() || !redirect.ports().contains(service.port())) continue;
            Ip address = service.address();
            boolean taken = address == null ? own(fabric, host, called, redirect) : has(called, address);
            if (!taken || (service.translated() && !behind(fabric, host, redirect))) continue;
            String attribute = OverlapChecks.ports(redirect);
            String where = redirect.address() == null
                    ? "any address of " + Names.shown(redirect.inbound())
                    : redirect.address().text();
            String value = attribute.equals("port") ? Integer.toString(service.port()) : "";
            taken(redirect.at(), attribute, value, "port " + service.port() + " of " + where, service);
        }
    }

    private static boolean has(IpSet called, Ip address) {
        return called.meets(IpSet.of(List.of(Cidr.host(address)), address.isV6()));
    }

    /** Whether it is called at addresses of the host itself, and not of somebody behind it. */
    private static boolean own(Fabric fabric, Host host, IpSet called, Firewall.Redirect redirect) {
        if (redirect.address() == null) return true;
        List<Cidr> own = HostAddresses.all(fabric, host).stream()
                .map(address -> Cidr.host(address.address()))
                .toList();
        return called.meets(IpSet.of(own, redirect.to().isV6()));
    }

    /** Whether a NAT before the host may lead to where a redirect takes packets. */
    private static boolean behind(Fabric fabric, Host host, Firewall.Redirect redirect) {
        if (redirect.to().isV6()) return false;
        Ip address = redirect.address();
        if (address != null) return Bits.isReused(Cidr.host(address));
        List<Cidr> own = fabric.addresses(host, redirect.inbound()).stream()
                .filter(one -> !one.isV6())
                .toList();
        return own.isEmpty() || own.stream().anyMatch(one -> Bits.isReused(Cidr.host(one.address())));
    }

    private void taken(Place at, String attribute, String value, String what, Service service) {
        if (service.address() == null) {
            refusals.doubt(
                    at,
                    attribute,
                    value,
                    what + " may be where " + service.what() + " comes in",
                    "at which address of the host that is, the inventory does not say; if it is this one, nobody gets"
                            + " in");
        } else {
            refusals.conflict(
                    at,
                    attribute,
                    value,
                    what + " is where " + service.what() + " comes in",
                    "it would go elsewhere, and not reach the host; take another port or another address");
        }
    }
}
