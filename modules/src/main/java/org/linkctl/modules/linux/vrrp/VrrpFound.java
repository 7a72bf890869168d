package org.linkctl.modules.linux.vrrp;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.modules.linux.pair.KeepalivedVips;
import org.linkctl.modules.linux.pair.KeepalivedVips.Instance;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Question;

/** The addresses that a host shares with another one by keepalived(8), as {@code linkctl import} has to know them. */
final class VrrpFound {
    /** Seconds where nothing is said. */
    private static final double USUAL = 0.8;

    private static final int HIGHEST = 255;

    private VrrpFound() {}

    static List<Question<?>> questions() {
        return List.of(KeepalivedVips.question());
    }

    static List<Found> read(Answers answers) {
        List<Found> out = new ArrayList<>();
        if (KeepalivedVips.includes(answers))
            out.add(new Found.Unsaid(
                    "files that keepalived.conf includes",
                    "they are not read: what they have the host share may stand above as its own address"));
        for (Instance one : KeepalivedVips.read(answers)) {
            boolean whole = one.interval() == Math.rint(one.interval()) && one.interval() > 0;
            if (one.addresses().isEmpty()) continue;
            if (one.id() == 0 || one.device().isEmpty()) {
                out.add(new Found.Unsaid(
                        one.name() + ": an instance of keepalived with "
                                + one.addresses().size() + " addresses",
                        "a vip is on one interface, by a virtual_router_id; it is left out"));
                continue;
            }
            Integer interval = whole ? Integer.valueOf((int) one.interval()) : null;
            if (!whole && one.interval() != USUAL)
                out.add(new Found.Unsaid(
                        one.name() + ": advert_int " + one.interval() + " of keepalived",
                        "interval: is whole seconds, or nothing for " + USUAL));
            out.add(new Found.Shared(
                    one.device(), one.id(), one.addresses(), HIGHEST - one.priority(), interval, one.preempt()));
        }
        return List.copyOf(out);
    }
}
