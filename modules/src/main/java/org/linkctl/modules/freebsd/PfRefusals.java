package org.linkctl.modules.freebsd;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.spi.Refused;

/** Firewalls that are somebody else's, and rules that pf does not take, or would take in another sense. */
final class PfRefusals {
    /** The first release whose source nodes keep the interface with the next hop (reviews.freebsd.org D41570). */
    static final int STICKY = 15;

    private PfRefusals() {}

    static void check(Pf.Want want, Pf.Facts have) {
        sticky(want.scattered(), have.release());
        foreign(Pf.FILE, have.file());
        foreign(Pf.FALLBACK, have.fallback());
        if (have.file() == null
                && have.loaded().enabled()
                && !have.loaded().rules().isEmpty()) {
            throw new Refused("pf runs with rules that are not in " + Pf.FILE + ": its firewall is somebody else's");
        }
        elsewhere(have, "pf_rules", Pf.FILE);
        elsewhere(have, "pf_fallback_rules_file", Pf.FALLBACK);
        if (want.text() != null
                && want.text().equals(have.file())
                && have.loaded().module()
                && have.normal() == null) {
            throw unreadable(Pf.FILE, have.complaint());
        }
    }

    /** @param scattered balances that are sticky over several interfaces */
    static void sticky(List<String> scattered, int release) {
        if (scattered.isEmpty() || release >= STICKY) return;
        throw new Refused("balance '" + scattered.getFirst() + "': sticky over several interfaces sends connections "
                + "out by the wrong one on FreeBSD " + release + "; it is right from " + STICKY + " on");
    }

    static Refused unreadable(String path, String complaint) {
        return new Refused("pfctl does not take " + path + ": " + complaint);
    }

    private static void foreign(String path, @Nullable String text) {
        if (text == null || OurFiles.isOurs(text)) return;
        throw new Refused(path + " is somebody else's; move it away if linkctl shall write it");
    }

    private static void elsewhere(Pf.Facts have, String variable, String path) {
        String set = have.rc().get(variable);
        if (set == null || set.equals(path)) return;
        throw new Refused(variable + " in rc.conf is '" + set + "', not " + path + ": its firewall is somebody else's");
    }
}
