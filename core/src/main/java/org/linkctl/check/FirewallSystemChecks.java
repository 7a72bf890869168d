package org.linkctl.check;

import java.util.List;
import java.util.Optional;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Sysctl;

/** What of a firewall nftables has no counterpart for. */
final class FirewallSystemChecks {
    /** How many connections the kernel keeps (kernel: nf_conntrack-sysctl.rst). */
    private static final String STATES = "net.netfilter.nf_conntrack_max";

    private final Refusals refusals;

    FirewallSystemChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Firewall firewall : fabric.all(Firewall.class)) {
            List<Host> linux = fabric.hostsOf(firewall.on()).stream()
                    .filter(host -> host.os() == Os.LINUX)
                    .toList();
            if (linux.isEmpty()) continue;
            limits(firewall, linux.getFirst());
            for (Firewall.Redirect redirect : firewall.redirects()) redirect(redirect, linux.getFirst());
            for (Host host : linux) states(fabric, firewall, host);
        }
    }

    private void limits(Firewall firewall, Host host) {
        for (Firewall.Limit limit : Firewall.Limit.values()) {
            if (limit == Firewall.Limit.STATES || !firewall.limits().containsKey(limit.word())) continue;
            refusals.conflict(
                    firewall.at(),
                    "limits",
                    limit.word(),
                    "limits: nftables on Linux has no limit for " + limit.word(),
                    Names.shown(host.name()) + " is a LINUX host (" + host.at() + "), where states: is the only one");
        }
    }

    /** What comes from outside for 127.0.0.0/8 is dropped (ip-sysctl.rst, route_localnet), and for ::1 always (RFC 4291, 2.5.3). */
    private void redirect(Firewall.Redirect redirect, Host host) {
        if (!Bits.isLoopback(redirect.to())) return;
        refusals.conflict(
                redirect.at(),
                "to",
                redirect.to().text(),
                "to: '" + redirect.to() + "' is a loopback address, where Linux takes nothing from outside",
                "give an address of " + Names.shown(host.name()) + " that is on an interface");
    }

    private void states(Fabric fabric, Firewall firewall, Host host) {
        Integer states = firewall.limits().get(Firewall.Limit.STATES.word());
        if (states == null) return;
        Optional<Sysctl> other = fabric.of(Sysctl.class, host).stream()
                .filter(sysctl -> sysctl.key().equals(STATES))
                .filter(sysctl -> !sysctl.value().equals(states.toString()))
                .findFirst();
        other.ifPresent(sysctl -> refusals.conflict(
                sysctl.at(),
                "value",
                sysctl.value(),
                "'" + STATES + "' is " + sysctl.value() + " on " + Names.shown(host.name())
                        + ", whose firewall has limits: [states: " + states + "]",
                "the two are one setting (firewall at " + firewall.at() + ")"));
    }
}
