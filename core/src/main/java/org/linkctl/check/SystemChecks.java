package org.linkctl.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.linkctl.diag.Place;
import org.linkctl.model.Bond;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Nic;
import org.linkctl.model.Os;
import org.linkctl.model.Route;
import org.linkctl.model.Sysctl;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;

/** What no host of a system takes: names, parameters and routes as only another one has them. */
final class SystemChecks {
    private static final Pattern FREEBSD_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*");

    /** sysctl(8) of each of them; what both have, such as vm and dev, is left to the host. */
    private static final Pattern LINUX_SYSCTL =
            Pattern.compile("(?:net\\.(?:ipv4|ipv6|core|netfilter|bridge|unix)|kernel|fs)\\..*");

    private static final Pattern FREEBSD_SYSCTL = Pattern.compile(
            "(?:net\\.(?:inet|inet6|link|route|pf|pfsync|isr|my_fibnum|fibs|wlan|bpf|local)|kern|vfs|hw|security)\\..*");

    private static final Map<String, String> SAME_SYSCTL = Map.of(
            "net.ipv4.ip_forward", "net.inet.ip.forwarding",
            "net.ipv4.conf.all.forwarding", "net.inet.ip.forwarding",
            "net.ipv6.conf.all.forwarding", "net.inet6.ip6.forwarding",
            "net.inet.ip.forwarding", "net.ipv4.ip_forward",
            "net.inet6.ip6.forwarding", "net.ipv6.conf.all.forwarding");

    private final Refusals refusals;

    SystemChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Bond bond : fabric.all(Bond.class)) bond(fabric, bond);
        for (Tunnel tunnel : fabric.tunnels()) {
            List<String> ends = tunnel.ends().stream().map(Tunnel.End::host).toList();
            named(fabric, "a tunnel", tunnel.name(), ends, tunnel.at());
        }
        for (Hub hub : fabric.hubs()) {
            List<String> members = fabric.members(hub).stream().map(Host::name).toList();
            named(fabric, "a hub", hub.name(), members, hub.at());
        }
        for (Nic nic : fabric.all(Nic.class)) fabric.host(nic.host()).ifPresent(host -> nic(host, nic));
        for (Sysctl sysctl : fabric.all(Sysctl.class)) {
            fabric.host(sysctl.host()).ifPresent(host -> sysctl(host, sysctl));
        }
        for (Route route : fabric.routes()) families(fabric, route);
    }

    /** What is there, and carries nothing to other hosts. */
    private void nic(Host host, Nic nic) {
        String quoted = "nic '" + Names.shown(nic.name()) + "' ";
        if (host.os() == Os.FREEBSD && Names.isFreebsdOwn(nic.name())) {
            String summary = quoted + "is the kernel's own on FreeBSD, and carries nothing to other hosts";
            refusals.conflict(nic.at(), "name", nic.name(), summary, "a nic is an interface to a network");
        } else if (nic.name().matches(host.os() == Os.FREEBSD ? "lo0?" : "lo") && !isService(nic)) {
            String detail = "it takes single addresses that the host has on no network: '192.0.2.7/32'; no mtu:";
            refusals.conflict(nic.at(), "name", nic.name(), quoted + "is the loopback", detail);
        }
    }

    /** Addresses of a host that lie on none of its networks stand on the loopback, each with the longest prefix. */
    private static boolean isService(Nic nic) {
        return nic.mtu() == null
                && !nic.addresses().isEmpty()
                && nic.addresses().stream().allMatch(address -> address.length() == (address.isV6() ? 128 : 32));
    }

    /** The two kernels have no parameters in common below net. */
    private void sysctl(Host host, Sysctl sysctl) {
        Pattern foreign = host.os() == Os.FREEBSD ? LINUX_SYSCTL : FREEBSD_SYSCTL;
        if (!foreign.matcher(sysctl.key()).matches()) return;
        Os other = host.os() == Os.FREEBSD ? Os.LINUX : Os.FREEBSD;
        String own = SAME_SYSCTL.get(sysctl.key());
        refusals.conflict(
                sysctl.at(),
                "name",
                sysctl.key(),
                "'" + Names.shown(sysctl.key()) + "' is a kernel parameter of " + other + ", and "
                        + Names.shown(host.name()) + " is a " + host.os() + " host",
                own == null ? "" : "the same is " + own + " there");
    }

    /** lagg(4): the name says what kind of interface it is; packets within packets are not looked into. */
    private void bond(Fabric fabric, Bond bond) {
        List<Host> hosts = fabric.hostsOf(bond.host());
        if (hosts.stream().noneMatch(host -> host.os() == Os.FREEBSD)) return;
        if (!bond.name().matches("lagg[0-9]{1,5}")) {
            String summary = "name: '" + Names.shown(bond.name()) + "' is no name for a bond on FREEBSD";
            String right =
                    "right would be lagg and a number: " + Names.free("lagg", fabric.interfaces(hosts.getFirst()));
            refusals.conflict(bond.at(), "name", bond.name(), summary, right);
        }
        for (String member : bond.members()) {
            if (!Names.isLoopback(member, Os.FREEBSD) && !Names.isFreebsdOwn(member)) continue;
            String summary = "'" + member + "' cannot be a member of a bond";
            refusals.conflict(bond.at(), "members", member, summary, "it is the kernel's own on FreeBSD");
        }
        if (bond.hash() == Bond.XmitHash.ENCAP2_3 || bond.hash() == Bond.XmitHash.ENCAP3_4) {
            String summary = "hash: a bond on FREEBSD has no " + bond.hash();
            refusals.conflict(bond.at(), "hash", bond.hash().name(), summary, "it has LAYER2, LAYER2_3 and LAYER3_4");
        }
    }

    /** route(8) takes no other names (link_addr(3)), and rc.subr(8) makes variables of them. */
    private void named(Fabric fabric, String what, String name, List<String> hosts, Place at) {
        boolean own = Names.isLoopback(name, Os.FREEBSD) || Names.isFreebsdOwn(name);
        if (FREEBSD_NAME.matcher(name).matches() && !own) return;
        for (String host : hosts) {
            if (!isFreebsd(fabric, host)) continue;
            if (own) {
                String summary = "on FreeBSD '" + name + "' is the kernel's own, and no name for " + what;
                refusals.conflict(at, "name", name, summary, Names.shown(host) + " is a " + Os.FREEBSD + " host");
                return;
            }
            refusals.conflict(
                    at,
                    "",
                    name,
                    "on FreeBSD the name of " + what + " is letters and digits, a letter first: '" + Names.shown(name)
                            + "' is not",
                    Names.shown(host) + " is a " + Os.FREEBSD + " host");
            return;
        }
    }

    private static boolean isFreebsd(Fabric fabric, String name) {
        return fabric.host(name).filter(host -> host.os() == Os.FREEBSD).isPresent();
    }

    /** Its kernel takes several ways to a prefix by gateways of the prefix's family, not by interfaces (wg(4)). */
    private void families(Fabric fabric, Route route) {
        for (String name : route.via()) {
            Optional<Tunnel> via = fabric.tunnelsNamed(name).stream().findFirst();
            if (via.isEmpty() || via.get().ends().size() != 2) continue; // said by others
            for (Tunnel.End end : via.get().ends()) {
                Host host = fabric.host(end.host()).orElse(null);
                if (host == null || host.os() != Os.FREEBSD || !route.joins(host.site())) continue;
                for (Cidr lan : fabric.farLans(route, host)) {
                    boolean there = end.addresses().stream().anyMatch(one -> one.isV6() == lan.isV6());
                    if (!there) lacking(route, via.get(), host, lan);
                }
            }
        }
    }

    private void lacking(Route route, Tunnel tunnel, Host host, Cidr lan) {
        String family = lan.isV6() ? "IPv6" : "IPv4";
        refusals.conflict(
                route.at(),
                "",
                "",
                "a route to " + lan + " on FreeBSD needs " + family + " addresses on " + Names.shown(tunnel.name())
                        + " (" + tunnel.at() + ")",
                Names.shown(host.name()) + " is a " + Os.FREEBSD + " host (" + host.at() + ")");
    }
}
