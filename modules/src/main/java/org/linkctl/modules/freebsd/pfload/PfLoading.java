package org.linkctl.modules.freebsd.pfload;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.pfrules.PfPool;
import org.linkctl.shell.Step;
import org.linkctl.spi.Refused;

/** The files that pf reads at boot, what has to follow when rules are loaded, and what pf does not take (pfctl(8), rc.conf(5)). */
public final class PfLoading {
    public static final String FILE = "/etc/pf.conf";

    /** Where rc.d/pf looks if nothing else is said (rc.conf(5), pf_fallback_rules_file). */
    public static final String FALLBACK = "/etc/pf-fallback.conf";

    /** The first release whose source nodes keep the interface with the next hop (reviews.freebsd.org D41570). */
    public static final int STICKY = 15;

    private PfLoading() {}

    /** @param scattered balances that are sticky over several interfaces */
    public static void sticky(List<String> scattered, int release) {
        if (scattered.isEmpty() || release >= STICKY) return;
        throw new Refused("balance '" + scattered.getFirst() + "': sticky over several interfaces sends connections "
                + "out by the wrong one on FreeBSD " + release + "; it is right from " + STICKY + " on");
    }

    public static Refused unreadable(String path, String complaint) {
        return new Refused("pfctl does not take " + path + ": " + complaint);
    }

    /** The step after rules were loaded, which put dead next hops back into their tables: the watcher takes them out again. */
    public static Optional<Step> nextHops(@Nullable String rules) {
        if (rules == null || !rules.contains("<" + PfPool.HOP)) return Optional.empty();
        return Optional.of(Step.run("/bin/sh", "-c", "test ! -x \"$1\" || \"$1\" load", "sh", Programs.NEXT_HOPS));
    }
}
