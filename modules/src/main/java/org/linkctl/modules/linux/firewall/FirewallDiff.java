package org.linkctl.modules.linux.firewall;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.spi.Change;

/** How what a host has of a firewall differs from what is wanted. */
final class FirewallDiff {
    static final String TABLE = "nft table " + NftTable.NAME;
    static final String STATES = "net.netfilter.nf_conntrack_max";
    static final String AT_BOOT = FirewallLoading.UNIT + " at boot";
    static final String AS_READ = FirewallLoading.UNIT + " as read by systemd";

    private FirewallDiff() {}

    static List<Change> of(FirewallModule.Want want, FirewallModule.Facts have) {
        List<Change> out = new ArrayList<>();
        String text = want.text();
        if (text == null) return removals(want, have);
        OurFiles.diff(out, FirewallLoading.FILE, have.file(), text);
        OurFiles.diff(out, FirewallLoading.FALLBACK, have.fallback(), want.fallback());
        OurFiles.diff(out, FirewallLoading.PROGRAM, have.program(), want.program());
        OurFiles.diff(out, FirewallLoading.UNIT_FILE, have.unit(), want.unit());
        if (have.unit() != null
                && have.unit().equals(want.unit())
                && have.state().outdated()) {
            out.add(Change.state(AS_READ, "another than its file", "its file"));
        }
        if (!have.state().atBoot().equals("enabled")) {
            out.add(Change.state(AT_BOOT, have.state().atBoot(), "enabled"));
        }
        if (!have.state().active().equals("active")) {
            out.add(Change.state(FirewallLoading.UNIT, have.state().active(), "active"));
        }
        table(out, text, want.fallback() != null, have);
        Integer states = want.states();
        if (states != null && !states.toString().equals(have.states())) {
            out.add(Change.state(STATES, have.states(), states.toString()));
        }
        return out;
    }

    /** Where nothing was filtered, connections are cut that no rule allows; otherwise those that are there go on. */
    private static void table(List<Change> out, String text, boolean main, FirewallModule.Facts have) {
        String table = have.table();
        String file = "as in " + FirewallLoading.FILE;
        if (table == null) {
            Change made = Change.state(TABLE, null, file);
            out.add(main ? made.cuts() : made);
        } else if (!text.equals(have.source())) {
            out.add(Change.state(TABLE, have.source() == null ? "loaded from nobody knows what" : "as it was", file));
        } else if (!table.equals(have.shown())) {
            out.add(Change.state(TABLE, table, have.shown() == null ? file : have.shown()));
        }
    }

    private static List<Change> removals(FirewallModule.Want want, FirewallModule.Facts have) {
        List<Change> out = new ArrayList<>();
        if (!have.state().atBoot().equals("not-found")) {
            String was = have.state().active() + ", " + have.state().atBoot() + " at boot";
            out.add(Change.state(FirewallLoading.UNIT, was, null));
        }
        gone(out, FirewallLoading.UNIT_FILE, have.unit());
        gone(out, FirewallLoading.PROGRAM, have.program());
        gone(out, FirewallLoading.FALLBACK, have.fallback());
        gone(out, FirewallLoading.FILE, have.file());
        gone(out, FirewallLoading.SOURCE, have.source());
        gone(out, FirewallLoading.SHOWN, have.shown());
        // Connections whose addresses it translates end with it.
        if (have.table() != null) {
            Change change = Change.state(TABLE, have.table(), null);
            out.add(
                    have.table().contains(" hook prerouting ") || have.table().contains(" hook postrouting ")
                            ? change.cuts()
                            : change);
        }
        Integer states = want.states();
        boolean ours = states != null && states.toString().equals(have.states());
        if (ours && want.restored() != null && !want.restored().equals(have.states())) {
            out.add(Change.state(STATES, have.states(), want.restored()));
        }
        return out;
    }

    private static void gone(List<Change> out, String path, @Nullable String text) {
        if (text != null) out.add(Change.file(path, text, null));
    }
}
