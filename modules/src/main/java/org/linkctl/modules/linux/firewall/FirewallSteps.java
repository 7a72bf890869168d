package org.linkctl.modules.linux.firewall;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/** How a firewall is made, changed and taken away. Undoing a load is to load the former text, or to delete the table. */
final class FirewallSteps {
    private static final Argv RELOAD = Argv.of("systemctl", "daemon-reload");
    private static final Argv DELETE = Argv.of("nft", "delete", "table", "inet", "linkctl");
    private static final Argv LOAD = Argv.of("nft", "-f", FirewallLoading.FILE);

    private FirewallSteps() {}

    static List<Step> of(FirewallModule.Want want, FirewallModule.Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        return want.text() == null ? removing(have, changes) : making(have, changes);
    }

    private static List<Step> making(FirewallModule.Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            String after = change.after();
            if (change.kind() != Change.Kind.FILE) continue;
            out.add(after == null ? new Step.RemoveFile(change.subject()) : put(change.subject(), after));
        }
        boolean unit = changes.stream()
                .anyMatch(change -> change.subject().equals(FirewallLoading.UNIT_FILE)
                        || change.subject().equals(FirewallDiff.AS_READ));
        if (unit) out.add(Step.run("systemctl", "daemon-reload"));
        if (has(changes, FirewallDiff.AT_BOOT)) {
            out.add(Step.run(
                    Argv.of("systemctl", "enable", FirewallLoading.UNIT),
                    Argv.of("systemctl", "disable", FirewallLoading.UNIT)));
        }
        boolean loads = has(changes, FirewallDiff.TABLE)
                || has(changes, FirewallDiff.STATES)
                || has(changes, FirewallLoading.UNIT);
        if (loads) {
            out.add(Step.run("nft", "-c", "-f", FirewallLoading.FILE));
            out.add(new Step.Run(Argv.of("systemctl", "restart", FirewallLoading.UNIT), unloading(have, changes)));
        }
        return out;
    }

    /** 0600: rules tell an attacker more than they tell anybody else. */
    private static Step put(String path, String text) {
        String mode = path.equals(FirewallLoading.PROGRAM) ? "0755" : path.endsWith(".nft") ? "0600" : "0644";
        return Step.put(path, mode, text);
    }

    /** By then the former file is back. */
    private static List<Argv> unloading(FirewallModule.Facts have, List<Change> changes) {
        List<Argv> undo = new ArrayList<>();
        if (!have.state().active().equals("active")) undo.add(Argv.of("systemctl", "stop", FirewallLoading.UNIT));
        if (have.table() == null) {
            undo.add(DELETE);
            undo.add(Argv.of("rm", "-f", FirewallLoading.SOURCE, FirewallLoading.SHOWN));
        } else if (have.file() != null) undo.add(LOAD);
        if (has(changes, FirewallDiff.STATES) && have.states() != null) undo.add(states(have.states()));
        return undo;
    }

    private static Argv states(String number) {
        return Argv.of("sysctl", "-q", "-w", FirewallDiff.STATES + "=" + number);
    }

    private static List<Step> removing(FirewallModule.Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            if (change.is(Change.Kind.STATE, FirewallLoading.UNIT)) {
                out.add(new Step.Run(Argv.of("systemctl", "disable", "--now", FirewallLoading.UNIT), asBefore(have)));
            } else if (change.is(Change.Kind.STATE, FirewallDiff.TABLE)) {
                out.add(have.file() == null ? new Step.Run(DELETE, List.of()) : Step.run(DELETE, LOAD));
            } else if (change.kind() == Change.Kind.STATE) {
                out.add(new Step.WriteValue(FirewallLoading.STATES, String.valueOf(change.after())));
            } else {
                out.add(new Step.RemoveFile(change.subject()));
                if (change.subject().equals(FirewallLoading.UNIT_FILE)) out.add(new Step.Run(RELOAD, List.of()));
            }
        }
        return out;
    }

    /** What the unit was, once its file is back. */
    private static List<Argv> asBefore(FirewallModule.Facts have) {
        List<Argv> undo = new ArrayList<>(List.of(RELOAD));
        if (have.state().atBoot().equals("enabled")) undo.add(Argv.of("systemctl", "enable", FirewallLoading.UNIT));
        if (have.state().active().equals("active")) undo.add(Argv.of("systemctl", "start", FirewallLoading.UNIT));
        return undo;
    }

    private static boolean has(List<Change> changes, String subject) {
        return changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, subject));
    }
}
