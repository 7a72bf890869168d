package org.linkctl.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Os;

/** Rules for interfaces of {@code skip:}, where no packet is looked at and no rule does anything (pf.conf(5), set skip). */
final class SkipChecks {
    private final Refusals refusals;

    SkipChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Firewall firewall : fabric.all(Firewall.class)) {
            for (Firewall.Rule rule : firewall.rules()) {
                String what = rule.allow() ? "this allow" : "this block";
                refuse(fabric, firewall, rule.at(), what, "inbound", rule.inbound());
                refuse(fabric, firewall, rule.at(), what, "outbound", rule.outbound());
            }
            for (Firewall.Nat nat : firewall.nats())
                refuse(fabric, firewall, nat.at(), "this nat", "outbound", nat.outbound());
            for (Firewall.Redirect redirect : firewall.redirects()) {
                refuse(fabric, firewall, redirect.at(), "this redirect", "inbound", redirect.inbound());
            }
        }
        for (Balance balance : fabric.all(Balance.class)) balance(fabric, balance);
    }

    private void balance(Fabric fabric, Balance balance) {
        List<Host> hosts = fabric.hostsOf(balance.on());
        hosts.stream()
                .flatMap(host -> fabric.one(Firewall.class, host).stream())
                .filter(firewall -> skips(fabric, firewall, balance.inbound()))
                .findFirst()
                .ifPresent(firewall -> refuse(
                        fabric,
                        firewall,
                        balance.at(),
                        "balance '" + Names.shown(balance.name()) + "'",
                        "inbound",
                        balance.inbound()));
    }

    /** The loopback is always one of them. */
    private static boolean skips(Fabric fabric, Firewall firewall, @Nullable String device) {
        if (device == null) return false;
        return firewall.skip().contains(device)
                || fabric.hostsOf(firewall.on()).stream()
                        .anyMatch(host -> device.equals(host.os() == Os.FREEBSD ? "lo0" : "lo"));
    }

    private void refuse(
            Fabric fabric, Firewall firewall, Place at, String what, String attribute, @Nullable String device) {
        if (device == null || !skips(fabric, firewall, device)) return;
        refusals.conflict(
                at,
                attribute,
                device,
                attribute + ": '" + Names.shown(device) + "' is one of skip:, where " + what + " does nothing",
                "no packet is looked at there (firewall at " + firewall.at() + ")");
    }
}
