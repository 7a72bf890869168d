package org.linkctl.modules.freebsd.pfload;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Change;

/** How rules, tables and settings that pf runs with differ from those wanted. */
public final class PfDiff {
    public static final String PF = "pf";

    private PfDiff() {}

    /** Whether a change is made by loading the file. */
    public static boolean loads(Change change) {
        if (change.is(Change.Kind.FILE, PfLoading.FILE)) return true;
        return change.kind() == Change.Kind.STATE && change.subject().startsWith(PF);
    }

    public static void table(
            List<Change> out, String subject, String name, Map<String, Set<Cidr>> found, Set<Cidr> addresses) {
        Set<Cidr> now = found.get(name);
        state(out, subject + "<" + name + ">", now == null ? null : shown(now), shown(addresses));
    }

    public static void lines(List<Change> out, String subject, List<String> now, List<String> wanted) {
        if (now.equals(wanted)) return;
        out.add(Change.state(subject, text(now), text(wanted)));
    }

    private static @Nullable String text(List<String> lines) {
        return lines.isEmpty() ? null : String.join("\n", lines) + "\n";
    }

    public static void state(List<Change> out, String subject, @Nullable String now, @Nullable String wanted) {
        if (Objects.equals(now, wanted)) return;
        out.add(Change.state(subject, now, wanted));
    }

    private static String shown(Set<Cidr> addresses) {
        return addresses.stream().sorted().map(Cidr::toString).collect(Collectors.joining(", "));
    }
}
