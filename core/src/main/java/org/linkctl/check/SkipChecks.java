package org.linkctl.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;

/** Rules for interfaces of {@code skip:}, where pf(4) looks at no packet and no rule does anything (pf.conf(5), set skip). */
final class SkipChecks {
    private final Refusals refusals;

    SkipChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Firewall firewall : fabric.firewalls()) {
            for (Firewall.Rule rule : firewall.rules()) {
                String what = rule.allow() ? "this allow" : "this block";
                refuse(firewall, rule.at(), what, "inbound", rule.inbound());
                refuse(firewall, rule.at(), what, "outbound", rule.outbound());
            }
            for (Firewall.Nat nat : firewall.nats()) refuse(firewall, nat.at(), "this nat", "outbound", nat.outbound());
            for (Firewall.Redirect redirect : firewall.redirects()) {
                refuse(firewall, redirect.at(), "this redirect", "inbound", redirect.inbound());
            }
        }
        for (Balance balance : fabric.balances()) balance(fabric, balance);
    }

    private void balance(Fabric fabric, Balance balance) {
        List<Host> hosts = fabric.hostsOf(balance.on());
        hosts.stream()
                .flatMap(host -> fabric.firewall(host).stream())
                .filter(firewall -> skips(firewall, balance.inbound()))
                .findFirst()
                .ifPresent(firewall -> refuse(
                        firewall,
                        balance.at(),
                        "balance '" + Names.shown(balance.name()) + "'",
                        "inbound",
                        balance.inbound()));
    }

    private static boolean skips(Firewall firewall, @Nullable String device) {
        return device != null && (firewall.skip().contains(device) || device.equals("lo0"));
    }

    private void refuse(Firewall firewall, Place at, String what, String attribute, @Nullable String device) {
        if (device == null || !skips(firewall, device)) return;
        refusals.conflict(
                at,
                attribute,
                device,
                attribute + ": '" + Names.shown(device) + "' is one of skip:, where " + what + " does nothing",
                "no packet is looked at there (firewall at " + firewall.at() + ")");
    }
}
