package org.linkctl.check;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** What the bits of an address say. */
final class Bits {
    /** RFC 1918, RFC 6598 and RFC 3927. */
    private static final List<Cidr> REUSED = Stream.of(
                    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16")
            .map(Cidr::of)
            .toList();

    private Bits() {}

    /** All host bits are set. */
    static boolean isLast(Cidr cidr) {
        byte[] bytes = cidr.address().bytes();
        for (int bit = cidr.length(); bit < bytes.length * 8; bit++) {
            if ((bytes[bit / 8] >> (7 - bit % 8) & 1) == 0) return false;
        }
        return true;
    }

    /** Whether it is the first or the last address of the net, which IPv4 gives to nobody (RFC 1122, section 3.2.1.3). */
    static boolean isEdge(Cidr net, Ip address) {
        return !net.isV6()
                && net.length() < 31
                && net.contains(address)
                && (net.network().address().equals(address) || isLast(new Cidr(address, net.length())));
    }

    /**
     * What an address is that no interface of ours can have, such as {@code a loopback}; null for any other. IPv4: RFC
     * 6890 (0/8, 127/8, 240/4) and RFC 5771 (224/4). IPv6: RFC 4291, sections 2.5.2, 2.5.3, 2.5.5.2 and 2.7.
     */
    static @Nullable String special(Ip ip) {
        byte[] bytes = ip.bytes();
        int first = bytes[0] & 0xff;
        if (!ip.isV6()) {
            if (first == 127) return "a loopback";
            if (first >= 224 && first < 240) return "a multicast";
            return first == 0 || first >= 240 ? "a reserved" : null;
        }
        if (first == 0xff) return "a multicast";
        if (ip.isV4Mapped()) return "an IPv4-mapped";
        for (int i = 0; i < 15; i++) if (bytes[i] != 0) return null;
        return bytes[15] == 0 ? "an unspecified" : bytes[15] == 1 ? "a loopback" : null;
    }

    /** Whether every place may have it of its own, so that two of them need not be one network. */
    static boolean isReused(Cidr prefix) {
        return REUSED.stream().anyMatch(block -> block.contains(prefix));
    }

    /** Whether it means something on one link alone: RFC 3927 (169.254/16) and RFC 4291, section 2.5.6 (fe80::/10). */
    static boolean isLinkLocal(Ip ip) {
        byte[] bytes = ip.bytes();
        return ip.isV6()
                ? (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xc0) == 0x80
                : (bytes[0] & 0xff) == 169 && (bytes[1] & 0xff) == 254;
    }
}
