package org.linkctl.modules.freebsd.pf;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.freebsd.pfload.PfDiff;
import org.linkctl.modules.freebsd.pfload.PfLoaded;
import org.linkctl.spi.Change;

/** How what pf runs with differs from what its file says. */
final class PfRunning {
    private static final String RULES = "pf rules";
    private static final String TRANSLATION = "pf translation rules";
    private static final String LIMIT = "pf limit ";
    private static final String LOG = "pf loginterface";
    private static final String SKIP = "pf skip";
    private static final String TABLE = "pf table ";

    private PfRunning() {}

    /** Of a file that will be another one, only pfctl(8) will tell the rules: then the file is the difference. */
    static List<Change> differences(PfModule.Want want, PfModule.Facts have) {
        List<Change> out = new ArrayList<>();
        PfLoaded loaded = have.loaded();
        if (!loaded.enabled()) {
            Change enabled = Change.state(PfDiff.PF, loaded.module() ? "disabled" : null, "enabled");
            // Connections that pf has not seen begin are none that it lets pass, where it stops anything.
            out.add(cuts(want.text()) ? enabled.cuts() : enabled);
            return out;
        }
        PfLoaded normal = have.normal();
        if (want.text() == null || !want.text().equals(have.file()) || normal == null) return out;
        PfDiff.lines(out, RULES, loaded.rules(), normal.rules());
        PfDiff.lines(out, TRANSLATION, loaded.translation(), normal.translation());
        want.limits().forEach((name, most) -> {
            Long now = loaded.limits().get(name);
            PfDiff.state(out, LIMIT + name, now == null ? "unlimited" : now.toString(), most.toString());
        });
        PfDiff.state(out, LOG, loaded.log(), want.log());
        PfDiff.state(out, SKIP, names(loaded.skip()), names(want.skip()));
        want.tables().forEach((name, addresses) -> PfDiff.table(out, TABLE, name, loaded.tables(), addresses));
        return out;
    }

    /** Whether rules stop or redirect anything: those that only say where answers go are missed by nobody. */
    static boolean cuts(@Nullable String text) {
        return text == null
                || text.lines()
                        .anyMatch(line -> line.matches("(no )?(block|rdr|nat) .*") || line.contains(" route-to "));
    }

    private static @Nullable String names(Set<String> names) {
        return names.isEmpty() ? null : String.join(", ", new TreeSet<>(names));
    }
}
