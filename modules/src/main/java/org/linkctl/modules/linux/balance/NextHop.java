package org.linkctl.modules.linux.balance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final int NUMBERS = 1 << 16;

    /**
     * Next hops with their marks, each as far as may be the same whatever others there are, so that a changed inventory
     * leaves the marks of those that stay.
     *
     * @param devices by address
     */
    static Map<Ip, NextHop> marked(Map<Ip, String> devices) {
        List<Map.Entry<Ip, String>> sorted = new ArrayList<>(devices.entrySet());
        sorted.sort(Comparator.comparing(hop -> hop.getKey().text()));
        Map<Ip, NextHop> out = new LinkedHashMap<>();
        List<Integer> taken = new ArrayList<>();
        for (Map.Entry<Ip, String> hop : sorted) {
            Ip address = hop.getKey();
            int number = Math.floorMod(address.text().hashCode(), NUMBERS);
            while (taken.contains(number)) number = (number + 1) % NUMBERS;
            taken.add(number);
            out.put(address, new NextHop(hop.getValue(), address, MARKS + number));
        }
        return out;
    }

    /** As the service's program has it: {@code ADDRESS,MARK,INTERFACE}. */
    String word() {
        return address.text() + "," + mark + "," + device;
    }

    /** As ip-rule(8) shows it. */
    String shownMark() {
        return "0x" + Integer.toHexString(mark);
    }
}
