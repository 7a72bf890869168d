package org.linkctl.check;

import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** What the bits of an address say. */
final class Bits {
    private Bits() {}

    /** All host bits are set. */
    static boolean isLast(Cidr cidr) {
        byte[] bytes = cidr.address().bytes();
        for (int bit = cidr.length(); bit < bytes.length * 8; bit++) {
            if ((bytes[bit / 8] >> (7 - bit % 8) & 1) == 0) return false;
        }
        return true;
    }

    /** No interface of ours can have it: IPv4 0/8, 127/8 and from 224/4 up (RFC 6890), IPv6 ::, ::1 and ff00::/8 (RFC 4291). */
    static boolean isSpecial(Ip ip) {
        byte[] bytes = ip.bytes();
        int first = bytes[0] & 0xff;
        if (!ip.isV6()) return first == 0 || first == 127 || first >= 224;
        if (first == 0xff) return true;
        for (int i = 0; i < 15; i++) if (bytes[i] != 0) return false;
        return (bytes[15] & 0xff) <= 1;
    }
}
