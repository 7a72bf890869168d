package org.linkctl.spread;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.linkctl.net.Ip;

/**
 * Which member of a bond a UDP or TCP flow leaves by, under xmit_hash_policy layer3+4.
 *
 * <p>Kernel: Documentation/networking/bonding.rst, "layer3+4", as of 5.13 (commit b5f862180d70), when the lowest bit
 * began to be dropped. The kernel reads addresses and ports as words in its own byte order; the hosts meant here are
 * little-endian. Holds for unfragmented packets.
 */
public final class BondHash {
    private BondHash() {}

    /**
     * The index of the member, counted in the order of /sys/class/net/BOND/bonding/slaves.
     *
     * @param members how many can carry traffic
     */
    public static int member(Ip source, Ip destination, int sourcePort, int destinationPort, int members) {
        return hash(addresses(source, destination), sourcePort, destinationPort) % members;
    }

    /** What two addresses add to the hash, whichever of them is the source. */
    static int addresses(Ip one, Ip other) {
        return fold(one) ^ fold(other);
    }

    /** The number of which the member is the remainder; not negative. */
    static int hash(int addresses, int sourcePort, int destinationPort) {
        int ports = Short.toUnsignedInt(Short.reverseBytes((short) sourcePort))
                | Short.reverseBytes((short) destinationPort) << 16;
        int hash = ports ^ addresses;
        hash ^= hash >>> 16;
        hash ^= hash >>> 8;
        return hash >>> 1;
    }

    /** An IPv4 address as one word; an IPv6 address as its four words, one exclusive-or the other. */
    private static int fold(Ip address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        int word = 0;
        while (bytes.hasRemaining()) word ^= bytes.getInt();
        return word;
    }
}
