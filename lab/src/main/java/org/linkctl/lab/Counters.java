package org.linkctl.lab;

/**
 * What an interface has carried since its host booted, as its kernel counts. The kernel may lag by some 0.3 s.
 *
 * @param rxBytes bytes received
 * @param txBytes bytes sent
 * @param rxPackets frames received
 * @param txPackets frames sent
 */
public record Counters(long rxBytes, long txBytes, long rxPackets, long txPackets) {
    /** Reads the four numbers, one a line, in the order of the record. */
    static Counters parse(String text) {
        long[] n = text.strip().lines().mapToLong(Long::parseLong).toArray();
        if (n.length != 4) {
            throw new LabException("expected four counters, got: " + text);
        }
        return new Counters(n[0], n[1], n[2], n[3]);
    }

    /**
     * What was carried since an earlier look.
     *
     * @param earlier the earlier look
     * @return the differences
     */
    public Counters since(Counters earlier) {
        return new Counters(
                rxBytes - earlier.rxBytes,
                txBytes - earlier.txBytes,
                rxPackets - earlier.rxPackets,
                txPackets - earlier.txPackets);
    }
}
