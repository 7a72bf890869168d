package org.linkctl.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.linkctl.model.Balance;
import org.linkctl.model.Bond;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Publish;
import org.linkctl.model.Route;
import org.linkctl.model.Sysctl;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Vip;

/** Kernel parameters with a value with which something else that is declared for the host cannot work. */
final class ParameterChecks {
    /** What a host needs, if it needs it at all. */
    private interface Need {
        Optional<String> of(Fabric fabric, Host host);
    }

    /**
     * A value that does not do.
     *
     * @param need what it keeps from working
     * @param why what the kernel does then
     */
    private record Rule(Os os, String key, Predicate<String> wrong, Need need, String why) {}

    /** Two names of one variable (net/ipv4/devinet.c). */
    private static final Map<String, String> SAME = Map.of("net.ipv4.conf.all.forwarding", "net.ipv4.ip_forward");

    private static final List<Rule> RULES = List.of(
            new Rule(
                    Os.LINUX,
                    "net.ipv4.icmp_echo_ignore_all",
                    Parameter::isOn,
                    (fabric, host) -> watched(fabric, host, false),
                    "the watcher at the other end gets no answer to its pings, and takes the tunnels out of the route"),
            new Rule(
                    Os.LINUX,
                    "net.ipv6.icmp.echo_ignore_all",
                    Parameter::isOn,
                    (fabric, host) -> watched(fabric, host, true),
                    "the watcher at the other end gets no answer to its pings, and takes the tunnels out of the route"),
            new Rule(
                    Os.FREEBSD,
                    "net.inet.carp.allow",
                    Parameter::isOff,
                    ParameterChecks::vip,
                    "the host hears no advertisements and holds no address (carp(4))"),
            new Rule(
                    Os.FREEBSD,
                    "net.inet.carp.preempt",
                    Parameter::isOff,
                    ParameterChecks::preempting,
                    "preempt: true sets it to 1 (carp(4))"),
            new Rule(
                    Os.FREEBSD,
                    "net.route.multipath",
                    Parameter::isOff,
                    ParameterChecks::spread,
                    "the kernel takes one way to a prefix alone"),
            new Rule(
                    Os.FREEBSD,
                    "kern.securelevel",
                    value -> value.matches("0*[3-9]|0*[1-9][0-9]+"),
                    ParameterChecks::filtered,
                    "from 3 on nobody may change the rules of pf (security(7))"));

    private final Refusals refusals;

    ParameterChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) {
            for (Sysctl sysctl : fabric.of(Sysctl.class, host)) {
                for (Rule rule : RULES) rule(fabric, host, sysctl, rule);
                modules(fabric, host, sysctl);
            }
            same(fabric.of(Sysctl.class, host));
        }
    }

    private void rule(Fabric fabric, Host host, Sysctl sysctl, Rule rule) {
        if (host.os() != rule.os() || !sysctl.key().equals(rule.key())) return;
        if (!rule.wrong().test(sysctl.value())) return;
        rule.need()
                .of(fabric, host)
                .ifPresent(need -> refusals.conflict(
                        sysctl.at(), "value", sysctl.value(), told(sysctl, host) + ", which has " + need, rule.why()));
    }

    /** They may be part of the kernel, so it is a doubt. */
    private void modules(Fabric fabric, Host host, Sysctl sysctl) {
        if (host.os() != Os.LINUX || !sysctl.key().equals("kernel.modules_disabled")) return;
        if (!Parameter.isOn(sysctl.value())) return;
        Stream.concat(
                        fabric.hasWireguard(host) ? Stream.of("wireguard") : Stream.empty(),
                        fabric.of(Bond.class, host).isEmpty() ? Stream.empty() : Stream.of("bonding"))
                .findFirst()
                .ifPresent(module -> refusals.doubt(
                        sysctl.at(),
                        "value",
                        sysctl.value(),
                        told(sysctl, host) + ", which needs the kernel module " + module,
                        "after a boot no module is loaded any more once it is set (kernel.rst)"));
    }

    private static String told(Sysctl sysctl, Host host) {
        return "'" + sysctl.key() + "' is " + Names.shown(sysctl.value()) + " on " + Names.shown(host.name());
    }

    /** One variable that is set to two values has the one that was set last. */
    private void same(List<Sysctl> sysctls) {
        Map<String, Sysctl> seen = new HashMap<>();
        for (Sysctl sysctl : sysctls) {
            Sysctl first = seen.putIfAbsent(SAME.getOrDefault(sysctl.key(), sysctl.key()), sysctl);
            if (first == null
                    || first.key().equals(sysctl.key())
                    || first.value().equals(sysctl.value())) continue;
            refusals.conflict(
                    sysctl.at(),
                    "value",
                    sysctl.value(),
                    "'" + sysctl.key() + "' is another name of '" + first.key() + "', which is "
                            + Names.shown(first.value()),
                    "set at " + first.at());
        }
    }

    private static Optional<String> watched(Fabric fabric, Host host, boolean v6) {
        return fabric.routesAt(host.site()).stream()
                .filter(route -> route.failover() == Route.Failover.WATCH)
                .filter(route -> RouteChecks.carrying(fabric, host, route).stream()
                        .map(fabric::tunnel)
                        .anyMatch(tunnel -> isPinged(tunnel, host, v6)))
                .map(route -> "the " + RouteChecks.shown(route) + " with failover: WATCH at " + route.at())
                .findFirst();
    }

    /** The first of a far end's addresses is. */
    private static boolean isPinged(Tunnel tunnel, Host host, boolean v6) {
        return tunnel.endOn(host.name()).addresses().stream()
                .findFirst()
                .filter(address -> address.isV6() == v6)
                .isPresent();
    }

    private static Optional<String> vip(Fabric fabric, Host host) {
        return fabric.of(Vip.class, host).stream()
                .map(vip -> "vip " + vip.id() + " at " + vip.at())
                .findFirst();
    }

    private static Optional<String> preempting(Fabric fabric, Host host) {
        return fabric.of(Vip.class, host).stream()
                .filter(Vip::preempt)
                .map(vip -> "vip " + vip.id() + " with preempt: true at " + vip.at())
                .findFirst();
    }

    private static Optional<String> spread(Fabric fabric, Host host) {
        return fabric.routesAt(host.site()).stream()
                .filter(route -> RouteChecks.carrying(fabric, host, route).size() > 1)
                .map(route -> "the " + RouteChecks.shown(route) + " over several tunnels at " + route.at())
                .findFirst();
    }

    private static Optional<String> filtered(Fabric fabric, Host host) {
        boolean rules = fabric.one(Firewall.class, host).isPresent()
                || !fabric.of(Balance.class, host).isEmpty()
                || !fabric.of(Publish.class, host).isEmpty();
        return rules ? Optional.of("rules of pf") : Optional.empty();
    }
}
