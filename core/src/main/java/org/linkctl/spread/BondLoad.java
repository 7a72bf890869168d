package org.linkctl.spread;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How many tunnels use each member of a bond, in both directions. */
final class BondLoad {
    /** How much more it costs to leave by a busy member than to be reached by one. */
    private static final int SURE = 1_000;

    /** So many of the lowest bits of the hash are the same in both directions: see {@link #isPossible}. */
    private static final int SYMMETRIC = 7;

    private final boolean near;
    private final int addresses;
    private final int[] leaving;
    private final int[] arriving;

    private BondLoad(Leg leg, boolean near) {
        this.near = near;
        addresses = BondHash.addresses(leg.source(), leg.destination());
        leaving = new int[leg.bond().members().size()];
        arriving = new int[leaving.length];
    }

    /** None for a leg without a bond, or with one that does not look at ports. */
    static Stream<BondLoad> of(@Nullable Leg leg, boolean near) {
        return leg == null || !leg.isByPorts() || leg.bond().members().isEmpty()
                ? Stream.of()
                : Stream.of(new BondLoad(leg, near));
    }

    /** These, each with every two members of this bond behind them. */
    Stream<int[]> with(int[] before) {
        int size = leaving.length;
        return IntStream.range(0, size * size).mapToObj(i -> {
            int[] out = Arrays.copyOf(before, before.length + 2);
            out[before.length] = i / size;
            out[before.length + 1] = i % size;
            return out;
        });
    }

    private int leaves(int nearPort, int farPort) {
        return near ? BondHash.hash(addresses, nearPort, farPort) : BondHash.hash(addresses, farPort, nearPort);
    }

    private int arrives(int nearPort, int farPort) {
        return leaves(farPort, nearPort);
    }

    /** A number for these members beside those of other bonds, which have one already. */
    int and(int others, int leaves, int arrives) {
        return (others * leaving.length + leaves) * arriving.length + arrives;
    }

    /** The same for those by which a tunnel with these ports leaves and is reached. */
    int kind(int others, int nearPort, int farPort) {
        return and(others, leaves(nearPort, farPort) % leaving.length, arrives(nearPort, farPort) % arriving.length);
    }

    /** What these members carry already, above the least used ones. */
    int cost(int leaves, int arrives) {
        return SURE * (leaving[leaves] - least(leaving)) + arriving[arrives] - least(arriving);
    }

    private static int least(int[] tunnels) {
        int least = Integer.MAX_VALUE;
        for (int each : tunnels) least = Math.min(least, each);
        return least;
    }

    void take(int leaves, int arrives) {
        leaving[leaves]++;
        arriving[arrives]++;
    }

    /**
     * Whether ports can lead by these members at all; where it cannot be told, they can. The hash folds the words of the
     * two ports into one before it takes the lowest bits, so that those are the same in both directions, and differ
     * between two bonds by what their addresses differ in.
     *
     * @param members of each bond that by which it is left, and that by which it is reached
     */
    static boolean isPossible(List<BondLoad> loads, int[] members) {
        for (int i = 0; i < loads.size(); i++) {
            BondLoad load = loads.get(i);
            int bits = Math.min(SYMMETRIC, Integer.numberOfTrailingZeros(load.leaving.length));
            if (!areSame(members[2 * i], members[2 * i + 1], bits)) return false;
        }
        if (loads.size() < 2) return true;
        BondLoad one = loads.getFirst();
        BondLoad other = loads.getLast();
        int common = gcd(one.leaving.length, other.leaving.length);
        int apart = one.leaves(0, 0) ^ other.leaves(0, 0);
        if (!areSame(members[0] ^ apart, members[2], Math.min(SYMMETRIC, Integer.numberOfTrailingZeros(common)))) {
            return false;
        }
        // Between the same two addresses what leaves one bond has the hash of what reaches the other.
        return one.addresses != other.addresses
                || (members[0] % common == members[3] % common && members[1] % common == members[2] % common);
    }

    private static boolean areSame(int one, int other, int bits) {
        return ((one ^ other) & ((1 << bits) - 1)) == 0;
    }

    private static int gcd(int one, int other) {
        return other == 0 ? one : gcd(other, one % other);
    }
}
