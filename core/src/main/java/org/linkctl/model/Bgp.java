package org.linkctl.model;

import java.util.List;
import org.linkctl.diag.Place;
import org.linkctl.net.Cidr;

/**
 * A host's part in BGP (RFC 4271): it announces LANs to the far ends of its tunnels, where a {@link Route} says so.
 *
 * @param as the number of its autonomous system
 * @param announce the prefixes it announces, and no others
 */
public record Bgp(String host, long as, List<Cidr> announce, Place at) implements HostIntent {
    /** Private numbers, which nobody else's networks take for theirs (RFC 6996, section 5). */
    private static final long FIRST_SHORT = 64_512;

    private static final long LAST_SHORT = 65_534;
    private static final long FIRST_LONG = 4_200_000_000L;
    private static final long LAST_LONG = 4_294_967_294L;

    public Bgp {
        announce = List.copyOf(announce);
    }

    @Override
    public String subject() {
        return "bgp";
    }

    @Override
    public List<Wrong> wrong() {
        if (isPrivate(as)) return List.of();
        String right = FIRST_SHORT + " to " + LAST_SHORT + ", or " + FIRST_LONG + " to " + LAST_LONG
                + " (RFC 6996): others are given to somebody, or reserved";
        return List.of(new Wrong("as", Long.toString(as), "is no number of a private autonomous system", right));
    }

    private static boolean isPrivate(long as) {
        return (as >= FIRST_SHORT && as <= LAST_SHORT) || (as >= FIRST_LONG && as <= LAST_LONG);
    }
}
