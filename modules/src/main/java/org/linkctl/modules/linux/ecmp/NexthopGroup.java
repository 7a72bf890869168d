package org.linkctl.modules.linux.ecmp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.linkctl.shell.Argv;

/**
 * A group of nexthop objects that a route leads to (ip-nexthop(8)). In a resilient one a flow stays with its next hop while
 * another one leaves or comes back (Linux 5.13, Documentation/networking/nexthop-group-resilient.rst).
 *
 * <p>Its objects are of the protocol {@code kernel}, which no kernel uses for them: systemd-networkd removes every other
 * group that it did not make whenever it configures an interface, and the routes with it (systemd issue 29034; seen with
 * 252). What tells ours from others' are the ids. They are below 250 million, where FRR begins those of its daemons
 * (zebra_nhg.h), and are left out by zebra when it counts its own.
 *
 * @param shape what it keeps for life, and its timers
 */
record NexthopGroup(int id, String shape, List<Member> members) {
    /** One of its next hops; both weigh in by their share of the group. */
    record Member(int id, String dev, int weight) {}

    static final String OURS = "kernel";

    /** A share of flows for each; a bucket with a flow that never pauses stays where it is. */
    static final int BUCKETS = 4096;

    /** Seconds in which what is under way has arrived: whoever moves then, overtakes nothing. */
    static final int IDLE = 10;

    /** Seconds after which a tunnel that came back gets its share all the same: of flows that never pause. */
    static final int UNBALANCED = 300;

    private static final int LEAST_ID = 210_000_000;

    /** Ids of one route: two groups, and two for each of 128 tunnels and more. */
    private static final int ROOM = 512;

    private static final int ROOMS = 65_536;

    static final String SHAPE =
            "resilient buckets " + BUCKETS + " idle_timer " + IDLE + " unbalanced_timer " + UNBALANCED;

    NexthopGroup {
        members = members.stream().sorted(Comparator.comparingInt(Member::id)).toList();
    }

    /** The first id of a route among those of its host. It stays the same whatever else is declared, but for two in 65536. */
    static int first(String label, Collection<String> labels) {
        Set<Integer> taken = new TreeSet<>();
        Set<String> all = new TreeSet<>(labels);
        all.add(label);
        for (String one : all) {
            CRC32 sum = new CRC32();
            sum.update(one.getBytes(StandardCharsets.UTF_8));
            int room = (int) (sum.getValue() % ROOMS);
            while (!taken.add(room)) room = (room + 1) % ROOMS;
            if (one.equals(label)) return LEAST_ID + room * ROOM;
        }
        throw new IllegalStateException(label);
    }

    /** Whether an id is of those of a route. */
    static boolean isOf(int first, int id) {
        return id >= first && id < first + ROOM;
    }

    static int id(int first, boolean v6) {
        return first + (v6 ? 1 : 0);
    }

    /** What a member's id is more than its group's: as many as the tunnel has before it in the route. */
    static int offset(int before) {
        return 2 + 2 * before;
    }

    boolean isV6() {
        return id % 2 == 1;
    }

    /** For a plan. */
    String shown() {
        List<String> out = new ArrayList<>(List.of(shape));
        members.forEach(member -> out.add("nexthop dev " + member.dev() + " weight " + member.weight()));
        return String.join(" ", out);
    }

    /** The commands that make it so, if it is of this shape or not there. */
    List<Argv> commands() {
        List<Argv> out = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (Member member : members) {
            out.add(NextHops.add(new NextHops.Device(member.id(), member.dev())));
            parts.add(member.id() + "," + member.weight());
        }
        List<String> words = new ArrayList<>(List.of("ip", "nexthop", "replace", "id", "" + id, "group"));
        words.addAll(List.of(String.join("/", parts), "type"));
        words.addAll(List.of(shape.split(" ")));
        words.addAll(List.of("proto", OURS));
        out.add(new Argv(words));
        return out;
    }
}
