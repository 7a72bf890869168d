package org.linkctl.modules.freebsd.vip;

import java.util.stream.Stream;
import org.linkctl.model.Vip;
import org.linkctl.modules.freebsd.kernel.Ifconfig;

/** Which of a pair is master, and how long it takes until one is (carp(4)). */
public final class VipState {
    private static final String MASTER = "MASTER";

    private VipState() {}

    /**
     * Seconds after which whoever is to be master is so: a backup waits for three advertisements, and at most a second
     * more (carp(4)).
     *
     * @param intervals seconds between advertisements
     */
    public static int patience(Stream<Integer> intervals) {
        return 2 + 3 * intervals.max(Integer::compare).orElse(1);
    }

    /** Whether a host has the addresses of a vip just now. */
    public static boolean isMaster(Ifconfig links, Vip vip) {
        return links.device(vip.on())
                .map(device -> device.carp().get(vip.id()))
                .filter(carp -> carp.state().equals(MASTER))
                .isPresent();
    }
}
