package org.linkctl.modules.freebsd.pf;

import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.pfload.PfLoading;
import org.linkctl.spi.Refused;

/** Firewalls that are somebody else's: linkctl does not write over them. */
final class PfSomebodyElses {
    private PfSomebodyElses() {}

    static void check(PfModule.Want want, PfModule.Facts have) {
        PfLoading.sticky(want.scattered(), have.release());
        foreign(PfLoading.FILE, have.file());
        foreign(PfLoading.FALLBACK, have.fallback());
        if (have.file() == null
                && have.loaded().enabled()
                && !have.loaded().rules().isEmpty()) {
            throw new Refused(
                    "pf runs with rules that are not in " + PfLoading.FILE + ": its firewall is somebody else's");
        }
        elsewhere(have, "pf_rules", PfLoading.FILE);
        elsewhere(have, "pf_fallback_rules_file", PfLoading.FALLBACK);
        if (want.text() != null
                && want.text().equals(have.file())
                && have.loaded().module()
                && have.normal() == null) {
            throw PfLoading.unreadable(PfLoading.FILE, have.complaint());
        }
    }

    private static void foreign(String path, @Nullable String text) {
        if (text == null || OurFiles.isOurs(text)) return;
        throw new Refused(path + " is somebody else's; move it away if linkctl shall write it");
    }

    private static void elsewhere(PfModule.Facts have, String variable, String path) {
        String set = have.rc().get(variable);
        if (set == null || set.equals(path)) return;
        throw new Refused(variable + " in rc.conf is '" + set + "', not " + path + ": its firewall is somebody else's");
    }
}
