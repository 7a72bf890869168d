package org.linkctl.cli.option;

import org.linkctl.plan.Undeclared;
import picocli.CommandLine.Option;

/** What becomes of resources that linkctl owns on a host and the inventory no longer declares. */
public final class UndeclaredOptions {
    @Option(
            names = "--purge-keys",
            order = 7,
            description =
                    "Also remove the keys of tunnels that are no longer declared; otherwise they stay on their hosts.")
    private boolean purgeKeys;

    public Undeclared undeclared() {
        return purgeKeys ? Undeclared.PURGED : Undeclared.REMOVED;
    }

    /** Sets it to that of a saved plan. */
    public void set(Undeclared how) {
        purgeKeys = how == Undeclared.PURGED;
    }
}
