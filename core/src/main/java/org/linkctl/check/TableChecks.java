package org.linkctl.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.diag.Place;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.net.Cidr;

/** Tables that are declared twice, or that hold more than pf(4) takes. Lists of prefixes in rules become tables, too. */
final class TableChecks {
    /** How many addresses all tables hold together if nothing else is said (pf.conf(5), set limit table-entries). */
    private static final int ENTRIES = 200_000;

    /** How many pfctl(8) can hand over for one table (pf(4), net.pf.request_maxcount). */
    private static final int REQUEST = 65_535;

    private final Refusals refusals;

    TableChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Firewall firewall : fabric.all(Firewall.class)) {
            twice(firewall);
            for (Firewall.Table table : firewall.tables()) {
                size(table.at(), "addresses", "table '" + Names.shown(table.name()) + "'", table.addresses());
            }
            for (Firewall.Rule rule : firewall.rules()) {
                size(rule.at(), "from", "from:", nets(rule.from()));
                size(rule.at(), "to", "to:", nets(rule.to()));
            }
            for (Firewall.Nat nat : firewall.nats()) size(nat.at(), "from", "from:", nat.from());
            for (Host host : fabric.hostsOf(firewall.on())) {
                if (host.os() == Os.FREEBSD) entries(fabric, firewall, host);
            }
        }
        for (Balance balance : fabric.all(Balance.class)) {
            size(balance.at(), "from", "from:", balance.from());
            size(balance.at(), "to", "to:", balance.to());
        }
    }

    private void twice(Firewall firewall) {
        Map<String, Place> seen = new HashMap<>();
        for (Firewall.Table table : firewall.tables()) {
            Place first = seen.putIfAbsent(table.name(), table.at());
            if (first == null) continue;
            refusals.conflict(
                    table.at(),
                    "name",
                    table.name(),
                    "a table named '" + Names.shown(table.name()) + "' is declared twice",
                    "also declared at " + first);
        }
    }

    private static List<Cidr> nets(List<Firewall.Peer> peers) {
        return peers.stream()
                .filter(Firewall.Peer.Net.class::isInstance)
                .map(peer -> ((Firewall.Peer.Net) peer).prefix())
                .toList();
    }

    private void size(Place at, String attribute, String what, List<Cidr> prefixes) {
        long size = prefixes.stream().distinct().count();
        if (size <= REQUEST) return;
        refusals.conflict(
                at,
                attribute,
                "",
                what + " has " + size + " addresses; pfctl(8) loads " + REQUEST + " into one table at the most",
                "several tables can stand in one rule: from: ['<first>', '<second>'] (pf(4), net.pf.request_maxcount)");
    }

    /**
     * pfctl(8) fills the tables before it sets the limits (pfctl_rules in sbin/pfctl/pfctl.c), so that a file with more
     * than the default is not loaded at boot. While it is loaded again, the old and the new ones count together.
     */
    private void entries(Fabric fabric, Firewall firewall, Host host) {
        long all = count(fabric, firewall, host);
        boolean main = firewall.ruleset() == Firewall.Ruleset.MAIN;
        int limit = firewall.limits().getOrDefault(Firewall.Limit.TABLE_ENTRIES.word(), ENTRIES);
        String has = "the tables of " + Names.shown(host.name()) + " hold " + all + " addresses";
        if (main && all > Math.min(limit, ENTRIES)) {
            refusals.conflict(
                    firewall.at(),
                    firewall.limits().isEmpty() ? "" : "limits",
                    "",
                    has + ", more than " + (limit < ENTRIES ? "tableEntries: " + limit : ENTRIES + " in all"),
                    limit < ENTRIES
                            ? "limits: [tableEntries: " + 2 * all + "] has room for them, and for loading them again"
                            : "at boot pfctl(8) fills the tables before it raises the limit of " + ENTRIES
                                    + " (pf.conf(5), table-entries)");
        } else if (2 * all > limit) {
            refusals.doubt(
                    firewall.at(),
                    firewall.limits().isEmpty() ? "" : "limits",
                    "",
                    has + ", which " + limit + " entries do not hold twice",
                    "while rules are loaded again, the old and the new tables count together; "
                            + (main
                                    ? "limits: [tableEntries: " + 2 * all + "]"
                                    : "set limit table-entries " + 2 * all + " in your file"));
        }
    }

    private static long count(Fabric fabric, Firewall firewall, Host host) {
        long out = 0;
        for (Firewall.Table table : firewall.tables()) out += distinct(table.addresses());
        for (Firewall.Rule rule : firewall.rules()) out += listed(nets(rule.from())) + listed(nets(rule.to()));
        for (Firewall.Nat nat : firewall.nats()) out += listed(nat.from());
        for (Balance balance : fabric.of(Balance.class, host)) out += listed(balance.from()) + listed(balance.to());
        return out;
    }

    /** One prefix is written into the rule itself. */
    private static long listed(List<Cidr> prefixes) {
        long size = distinct(prefixes);
        return size < 2 ? 0 : size;
    }

    private static long distinct(List<Cidr> prefixes) {
        return prefixes.stream().distinct().count();
    }
}
