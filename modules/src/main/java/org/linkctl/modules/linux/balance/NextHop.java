package org.linkctl.modules.linux.balance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.linkctl.modules.linux.marks.Numbers;
import org.linkctl.net.Ip;

/**
 * A next hop of a host.
 *
 * @param device the interface on whose network it is
 * @param mark of packets that go to it, and the number of the routing table that leads there (ip-rule(8), fwmark)
 */
record NextHop(String device, Ip address, int mark) {
    /** The upper half of all marks: those of other programs are smaller, or bits of their own. */
    static final int MARKS = 0x6c63_0000;

    /**
     * Next hops with their marks, each as far as may be the same whatever others there are, so that a changed inventory
     * leaves the marks of those that stay.
     *
     * @param devices by address
     */
    static Map<Ip, NextHop> marked(Map<Ip, String> devices) {
        Map<String, Integer> marks =
                Numbers.of(MARKS, devices.keySet().stream().map(Ip::text).toList());
        Map<Ip, NextHop> out = new LinkedHashMap<>();
        devices.forEach((address, device) ->
                out.put(address, new NextHop(device, address, Objects.requireNonNull(marks.get(address.text())))));
        return out;
    }

    /** As the service's program has it: {@code ADDRESS,MARK,INTERFACE}. */
    String word() {
        return address.text() + "," + mark + "," + device;
    }

    /** As ip-rule(8) shows it. */
    String shownMark() {
        return Numbers.shown(mark);
    }
}
