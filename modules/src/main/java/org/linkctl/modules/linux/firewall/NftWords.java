package org.linkctl.modules.linux.firewall;

import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Firewall;

/**
 * Expressions of nft(8). Protocols are numbers (RFC 5237): their names stand in /etc/protocols, which a minimal host does
 * not have.
 */
final class NftWords {
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int ICMPV6 = 58;
    static final int VRRP = 112;

    /** A switch that snoops asks by it who takes part in a group, and forgets who does not answer (RFC 4541, section 2.1.2). */
    static final int IGMP = 2;

    private NftWords() {}

    /** Interface names in a match: one, or a set of them. */
    static String devices(Collection<String> names) {
        String list = names.stream().map(NftWords::device).collect(Collectors.joining(", "));
        return names.size() == 1 ? list : "{ " + list + " }";
    }

    static String device(String name) {
        return '"' + name + '"';
    }

    /** That a packet is of a family. */
    static String family(boolean v6) {
        return "meta nfproto " + (v6 ? "ipv6 " : "ipv4 ");
    }

    static String ip(boolean v6) {
        return v6 ? "ip6 " : "ip ";
    }

    static int number(Firewall.Proto proto, boolean v6) {
        return switch (proto) {
            case TCP -> TCP;
            case UDP -> UDP;
            case ICMP -> v6 ? ICMPV6 : ICMP;
        };
    }

    /** That a packet is of a protocol and for a port; v6 is null where it may be of either family. */
    static String transport(Firewall.@Nullable Proto proto, Firewall.@Nullable Ports ports, @Nullable Boolean v6) {
        if (proto == null) return "";
        if (proto == Firewall.Proto.ICMP && v6 == null) return "meta l4proto { " + ICMP + ", " + ICMPV6 + " } ";
        if (ports == null) return "meta l4proto " + number(proto, Boolean.TRUE.equals(v6)) + " ";
        return (proto == Firewall.Proto.TCP ? "tcp" : "udp") + " dport " + range(ports) + " ";
    }

    static String range(Firewall.Ports ports) {
        return ports.dashed();
    }
}
