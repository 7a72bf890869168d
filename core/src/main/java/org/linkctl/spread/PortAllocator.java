package org.linkctl.spread;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses ports for tunnels between two hosts so that each end's bond uses all its members.
 *
 * <p>Tunnel after tunnel, each takes the first pair of free ports that leaves by the least used members; among such
 * pairs, one whose answers would also arrive by the least used members, if the switch in front of a bond hashes as the
 * kernel does. What a switch really does is its own: this is the best that can be done without asking it. A tunnel's
 * ports depend on those before it alone, so that adding one renumbers none.
 *
 * <p>Pairs that lead by the same members at both ends and in both directions cost the same. Of each such kind the first
 * free pair is known: ports are only ever taken, so that it moves in one direction, and the range is walked through once
 * and not for each tunnel.
 */
public final class PortAllocator {
    /** The UDP ports of one tunnel at its two ends. */
    public record Ports(int near, int far) {}

    /** So many far ports are tried before it is worth while to find out whether any will do. */
    private static final int TRIES = 1_000;

    private final int first;
    private final int last;
    private final List<BondLoad> loads;
    private final List<Kind> kinds;
    private final BitSet nearUsed = new BitSet();
    private final BitSet farUsed = new BitSet();
    /** By the near port: the kinds of the pairs with it, as {@link #kind} numbers them. */
    private final Map<Integer, BitSet> kindsWith = new HashMap<>();

    private PortAllocator(int first, int last, @Nullable Leg near, @Nullable Leg far) {
        this.first = first;
        this.last = last;
        loads = Stream.of(BondLoad.of(near, true), BondLoad.of(far, false))
                .flatMap(load -> load)
                .toList();
        List<int[]> all = List.of(new int[0]);
        for (BondLoad load : loads) all = all.stream().flatMap(load::with).toList();
        kinds = all.stream()
                .filter(members -> BondLoad.isPossible(loads, members))
                .map(Kind::new)
                .toList();
    }

    /**
     * Ports for {@code count} tunnels, each port used once at its end.
     *
     * @param first the lowest port to use, at both ends
     * @param last the highest
     * @param near how the near end's packets leave, where that is known
     * @param far the same for the far end
     * @throws IllegalArgumentException where the range holds fewer ports than tunnels
     */
    public static List<Ports> allocate(int count, int first, int last, @Nullable Leg near, @Nullable Leg far) {
        if (last - first + 1 < count) throw new IllegalArgumentException("fewer ports than tunnels");
        PortAllocator allocator = new PortAllocator(first, last, near, far);
        List<Ports> out = new ArrayList<>();
        for (int tunnel = 0; tunnel < count; tunnel++) out.add(allocator.next());
        return List.copyOf(out);
    }

    private Ports next() {
        int[] costs = kinds.stream().mapToInt(kind -> cost(kind.members)).toArray();
        for (int cost : IntStream.of(costs).sorted().distinct().toArray()) {
            Kind best = null;
            for (int i = 0; i < costs.length; i++) {
                Kind kind = kinds.get(i);
                if (costs[i] == cost && kind.find() && (best == null || kind.isBefore(best))) best = kind;
            }
            if (best != null) return take(best);
        }
        throw new IllegalStateException("no port is left");
    }

    private int cost(int[] members) {
        int cost = 0;
        for (int i = 0; i < loads.size(); i++) cost += loads.get(i).cost(members[2 * i], members[2 * i + 1]);
        return cost;
    }

    private int kind(int near, int far) {
        int kind = 0;
        for (BondLoad load : loads) kind = load.kind(kind, near, far);
        return kind;
    }

    /** With three and five members most near ports have pairs of few kinds: those that look for another pass it by. */
    private BitSet kindsWith(int near) {
        return kindsWith.computeIfAbsent(near, _ -> {
            BitSet out = new BitSet();
            for (int far = first; far <= last; far++) out.set(kind(near, far));
            return out;
        });
    }

    private Ports take(Kind kind) {
        nearUsed.set(kind.near);
        farUsed.set(kind.far);
        for (int i = 0; i < loads.size(); i++) loads.get(i).take(kind.members[2 * i], kind.members[2 * i + 1]);
        return new Ports(kind.near, kind.far);
    }

    /** The pairs of ports that lead by these members, and the first of them that is free. */
    private final class Kind {
        /** Of each bond that by which it is left, and that by which it is reached. */
        private final int[] members;

        private final int number;
        private int near = first;
        private int far = first;

        Kind(int[] members) {
            this.members = members;
            int all = 0;
            for (int i = 0; i < loads.size(); i++) all = loads.get(i).and(all, members[2 * i], members[2 * i + 1]);
            number = all;
        }

        /** Whether one is free. The pairs before this one are of other kinds, or taken for good. */
        boolean find() {
            while (near <= last) {
                if (!nearUsed.get(near) && findWithNear()) return true;
                near = nearUsed.nextClearBit(near + 1);
                far = first;
            }
            return false;
        }

        private boolean findWithNear() {
            int tries = 0;
            for (far = farUsed.nextClearBit(far); far <= last; far = farUsed.nextClearBit(far + 1)) {
                if (kind(near, far) == number) return true;
                if (++tries == TRIES && !kindsWith(near).get(number)) return false;
            }
            return false;
        }

        boolean isBefore(Kind other) {
            return near < other.near || (near == other.near && far < other.far);
        }
    }
}
