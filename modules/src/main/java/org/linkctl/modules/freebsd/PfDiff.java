package org.linkctl.modules.freebsd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Change;

/** How the rules that pf runs with differ from those of its file. */
final class PfDiff {
    static final String PF = "pf";
    private static final String RULES = "pf rules";
    private static final String TRANSLATION = "pf translation rules";
    private static final String LIMIT = "pf limit ";
    private static final String LOG = "pf loginterface";
    private static final String SKIP = "pf skip";
    private static final String TABLE = "pf table ";

    private PfDiff() {}

    /** Whether a change is made by loading the file. */
    static boolean loads(Change change) {
        if (change.is(Change.Kind.FILE, Pf.FILE)) return true;
        return change.kind() == Change.Kind.STATE && change.subject().startsWith(PF);
    }

    /** Of a file that will be another one, only pfctl(8) will tell the rules: then the file is the difference. */
    static List<Change> running(Pf.Want want, Pf.Facts have) {
        List<Change> out = new ArrayList<>();
        PfLoaded loaded = have.loaded();
        if (!loaded.enabled()) {
            // Connections that pf has not seen begin are none that it lets pass.
            out.add(Change.state(PF, loaded.module() ? "disabled" : null, "enabled")
                    .cuts());
            return out;
        }
        PfLoaded normal = have.normal();
        if (want.text() == null || !want.text().equals(have.file()) || normal == null) return out;
        lines(out, RULES, loaded.rules(), normal.rules());
        lines(out, TRANSLATION, loaded.translation(), normal.translation());
        want.limits().forEach((name, most) -> {
            Long now = loaded.limits().get(name);
            state(out, LIMIT + name, now == null ? "unlimited" : now.toString(), most.toString());
        });
        state(out, LOG, loaded.log(), want.log());
        state(out, SKIP, names(loaded.skip()), names(want.skip()));
        want.tables().forEach((name, addresses) -> table(out, TABLE, name, loaded.tables(), addresses));
        return out;
    }

    static void table(
            List<Change> out, String subject, String name, Map<String, Set<Cidr>> found, Set<Cidr> addresses) {
        Set<Cidr> now = found.get(name);
        state(out, subject + "<" + name + ">", now == null ? null : shown(now), shown(addresses));
    }

    static void lines(List<Change> out, String subject, List<String> now, List<String> wanted) {
        if (now.equals(wanted)) return;
        out.add(Change.state(subject, text(now), text(wanted)));
    }

    private static @Nullable String text(List<String> lines) {
        return lines.isEmpty() ? null : String.join("\n", lines) + "\n";
    }

    private static void state(List<Change> out, String subject, @Nullable String now, @Nullable String wanted) {
        if (Objects.equals(now, wanted)) return;
        out.add(Change.state(subject, now, wanted));
    }

    private static @Nullable String names(Set<String> names) {
        return names.isEmpty() ? null : String.join(", ", new TreeSet<>(names));
    }

    private static String shown(Set<Cidr> addresses) {
        return addresses.stream().sorted().map(Cidr::toString).collect(Collectors.joining(", "));
    }
}
