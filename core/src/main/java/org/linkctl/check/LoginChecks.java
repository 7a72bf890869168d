package org.linkctl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.Become;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.SshTarget;
import org.linkctl.model.Vip;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Logins by which another machine is reached than the one that is meant, or nobody who may change it. */
final class LoginChecks {
    /** Both have the id 0; toor is FreeBSD's (passwd(5)). */
    private static final Set<String> ROOT = Set.of("root", "toor");

    private static final int SSH = 22;

    private final Refusals refusals;

    LoginChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        Map<SshTarget, Host> seen = new HashMap<>();
        Map<Ip, List<Vip>> vips = new HashMap<>();
        for (Vip vip : fabric.all(Vip.class)) {
            for (Cidr one : vip.addresses()) {
                vips.computeIfAbsent(one.address(), _ -> new ArrayList<>()).add(vip);
            }
        }
        Map<String, List<Host>> holders = new HashMap<>();
        for (Host host : fabric.hosts()) {
            for (Cidr one : fabric.addresses(host)) {
                holders.computeIfAbsent(where(host, one.address()), _ -> new ArrayList<>())
                        .add(host);
            }
        }
        for (Host host : fabric.hosts()) {
            Host first = seen.putIfAbsent(host.ssh(), host);
            if (first != null && !first.name().equals(host.name())) twice(host, first);
            Ip address = Ip.parse(host.ssh().host()).orElse(null);
            if (address != null) address(fabric, host, address, vips.getOrDefault(address, List.of()), holders);
            String user = host.ssh().user();
            if (host.become() == Become.NONE && user != null && !ROOT.contains(user)) {
                refusals.doubt(
                        host.at(),
                        "become",
                        "NONE",
                        "become: NONE for the login of '" + Names.shown(user) + "', who is not root",
                        "linkctl changes what root alone may change: AUTO, SUDO or DOAS");
            }
        }
    }

    /** Two hosts that are one machine undo each other's work. Rather a slip than an error: a name may lead to several. */
    private void twice(Host host, Host first) {
        refusals.doubt(
                host.at(),
                "ssh",
                host.ssh().toString(),
                "ssh: '" + Names.shown(host.ssh().toString()) + "' is the login of two hosts",
                "also of " + Names.shown(first.name()) + " at " + first.at());
    }

    /**
     * @param vips that have the address
     * @param holders hosts by their addresses, as {@link #where} tells them apart
     */
    private void address(Fabric fabric, Host host, Ip address, List<Vip> vips, Map<String, List<Host>> holders) {
        Optional<Vip> shared = vips.stream()
                .filter(vip -> fabric.hostsOf(vip.pair()).stream().anyMatch(one -> isNear(host, one, address)))
                .findFirst();
        if (shared.isPresent()) vip(host, address, shared.get());
        else if (!holds(fabric, host, address)) other(host, holders.getOrDefault(where(host, address), List.of()));
    }

    /** Whoever is master answers there, be it this host or the other one. */
    private void vip(Host host, Ip address, Vip vip) {
        refusals.conflict(
                host.at(),
                "ssh",
                host.ssh().toString(),
                "ssh: '" + Names.shown(host.ssh().toString()) + "' is the address of vip " + vip.id() + " of pair '"
                        + Names.shown(vip.pair()) + "'",
                address + " is found at whoever is master; a login is at an address of the host's own (" + vip.at()
                        + ")");
    }

    /** A host of the same port passes nobody on; by another port it may. */
    private void other(Host host, List<Host> holders) {
        Integer port = host.ssh().port();
        if (port != null && port != SSH) return;
        holders.stream()
                .filter(one -> !one.name().equals(host.name()))
                .findFirst()
                .ifPresent(one -> refusals.doubt(
                        host.at(),
                        "ssh",
                        host.ssh().toString(),
                        "ssh: '" + Names.shown(host.ssh().toString()) + "' is an address of " + Names.shown(one.name()),
                        "whoever logs in there is on that host (" + one.at() + ")"));
    }

    /** An address; and of what each site may have of its own, the site, so that those of others are not looked at. */
    private static String where(Host host, Ip address) {
        return address + " " + (Bits.isReused(Cidr.host(address)) ? host.site() : "");
    }

    /** Whether the address of one host cannot be another's as well, at another site. */
    private static boolean isNear(Host host, Host other, Ip address) {
        return other.site().equals(host.site()) || !Bits.isReused(Cidr.host(address));
    }

    private static boolean holds(Fabric fabric, Host host, Ip address) {
        return fabric.addresses(host).stream().anyMatch(one -> one.address().equals(address));
    }
}
