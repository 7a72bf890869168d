package org.linkctl.modules.frr;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a configuration are linkctl's: lists and maps by their names, a profile of BFD by its name, and all that is
 * said of neighbours that are its own.
 */
final class FrrOwned {
    private static final Pattern INSTANCE = Pattern.compile("router bgp (?<as>\\d+)");
    private static final Pattern NEIGHBOR = Pattern.compile("(?:no )?neighbor (?<address>\\S+)(?: (?<rest>.*))?");
    private static final Pattern NAMED =
            Pattern.compile("(?:ip|ipv6) (?:prefix-list|protocol bgp route-map) " + BgpLines.OURS + ".*|route-map "
                    + BgpLines.OURS + ".*|(?:ip|ipv6) route .* tag " + BgpLines.TAG + "(?: .*)?");
    private static final FrrLine PROFILE = FrrLine.top("bfd").in("profile " + BgpLines.PROFILE);

    private final Set<String> neighbors;

    /** @param known addresses of neighbours that are linkctl's, whatever is said of them */
    FrrOwned(Set<String> known, List<FrrLine> lines) {
        neighbors = new HashSet<>(known);
        for (FrrLine line : lines) {
            Matcher match = neighbor(line);
            String rest = match == null ? null : match.group("rest");
            if (match != null && rest != null && rest.startsWith("description " + Neighbor.OURS))
                neighbors.add(match.group("address"));
        }
    }

    boolean has(FrrLine line) {
        if (line.equals(PROFILE) || line.isIn(PROFILE)) return true;
        FrrLine top =
                line.context().isEmpty() ? line : FrrLine.top(line.context().getFirst());
        if (NAMED.matcher(top.text()).matches()) return true;
        String address = address(line);
        return address != null && neighbors.contains(address);
    }

    /** The number of an instance's autonomous system; null: it is none of the default VRF. */
    static @Nullable Long instance(FrrLine line) {
        Matcher match = INSTANCE.matcher(line.text());
        return line.context().isEmpty() && match.matches() ? Long.valueOf(match.group("as")) : null;
    }

    /** The neighbour that a line of an instance is about. */
    static @Nullable String address(FrrLine line) {
        Matcher match = neighbor(line);
        return match == null ? null : match.group("address");
    }

    private static @Nullable Matcher neighbor(FrrLine line) {
        if (line.context().isEmpty()
                || !INSTANCE.matcher(line.context().getFirst()).matches()) return null;
        Matcher match = NEIGHBOR.matcher(line.text());
        return match.matches() ? match : null;
    }
}
