package org.linkctl.modules.linux.marks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Numbers of a range that is linkctl's own, each for a mark of packets and for the routing table that it leads to. */
public final class Numbers {
    private static final int RANGE = 1 << 16;

    /** The first of those by which is answered through neighbours of uplinks: those of other programs are smaller, or bits of their own. */
    public static final int UPLINKS = 0x6c75_0000;

    /** The first of those by which spokes answer over their hubs. */
    public static final int HUBS = 0x6c72_0000;

    private Numbers() {}

    /**
     * A number for each name, as far as may be the same whatever others there are, so that a changed inventory leaves the
     * numbers of those that stay, and both hosts of a pair have the same.
     *
     * @param first the first of the range: its lower half is zero
     */
    public static Map<String, Integer> of(int first, Collection<String> names) {
        Map<String, Integer> out = new LinkedHashMap<>();
        Set<Integer> taken = new LinkedHashSet<>();
        for (String name : new TreeSet<>(names)) {
            int number = Math.floorMod(name.hashCode(), RANGE);
            while (!taken.add(number)) number = (number + 1) % RANGE;
            out.put(name, first + number);
        }
        return out;
    }

    /** Whether a routing table, as ip-route(8) shows it, has a number of a range. */
    public static boolean isIn(int first, String table) {
        return table.matches("[0-9]{10}") && Long.parseLong(table) >> 16 == first >> 16;
    }

    /** As nft(8) and ip-rule(8) show a mark. */
    public static String shown(int mark) {
        return "0x" + Integer.toHexString(mark);
    }
}
