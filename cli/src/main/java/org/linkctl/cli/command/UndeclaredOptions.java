package org.linkctl.cli.command;

import org.linkctl.plan.Undeclared;
import picocli.CommandLine.Option;

/** What becomes of what linkctl owns on a host and the inventory no longer declares. */
public final class UndeclaredOptions {
    @Option(
            names = "--purge-keys",
            order = 7,
            description =
                    "Also remove the keys of tunnels that are no longer declared; otherwise they stay on their hosts.")
    private boolean purgeKeys;

    Undeclared undeclared() {
        return purgeKeys ? Undeclared.PURGED : Undeclared.REMOVED;
    }

    /** As a plan that was written down says. */
    void set(Undeclared how) {
        purgeKeys = how == Undeclared.PURGED;
    }
}
