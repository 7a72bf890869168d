package org.linkctl.spread;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Bond;

/**
 * Chooses ports for tunnels between two hosts so that each end's bond uses all its members.
 *
 * <p>Tunnel after tunnel, each takes the first pair of free ports that leaves by the least used members; among such
 * pairs, one whose answers would also arrive by the least used members, if the switch in front of a bond hashes as the
 * kernel does. What a switch really does is its own: this is the best that can be done without asking it. A tunnel's
 * ports depend on those before it alone, so that adding one renumbers none.
 */
public final class PortAllocator {
    /** The UDP ports of one tunnel at its two ends. */
    public record Ports(int near, int far) {}

    /** How much more it costs to leave by a busy member than to be reached by one. */
    private static final int SURE = 1_000;

    private final List<Load> loads;
    private final Set<Integer> nearUsed = new HashSet<>();
    private final Set<Integer> farUsed = new HashSet<>();

    private PortAllocator(@Nullable Leg near, @Nullable Leg far) {
        List<Load> all = new ArrayList<>();
        if (near != null) {
            all.add(new Load(near.bond(), SURE, ports -> near.member(ports.near(), ports.far())));
            all.add(new Load(near.bond(), 1, ports -> near.arrival(ports.near(), ports.far())));
        }
        if (far != null) {
            all.add(new Load(far.bond(), SURE, ports -> far.member(ports.far(), ports.near())));
            all.add(new Load(far.bond(), 1, ports -> far.arrival(ports.far(), ports.near())));
        }
        this.loads = List.copyOf(all);
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
        PortAllocator allocator = new PortAllocator(near, far);
        List<Ports> out = new ArrayList<>();
        for (int tunnel = 0; tunnel < count; tunnel++) out.add(allocator.next(first, last));
        return List.copyOf(out);
    }

    private Ports next(int first, int last) {
        Ports best = null;
        int least = Integer.MAX_VALUE;
        for (int nearPort = first; nearPort <= last && least > 0; nearPort++) {
            if (nearUsed.contains(nearPort)) continue;
            for (int farPort = first; farPort <= last; farPort++) {
                if (farUsed.contains(farPort)) continue;
                Ports ports = new Ports(nearPort, farPort);
                int cost = loads.stream().mapToInt(load -> load.cost(ports)).sum();
                if (cost < least) {
                    least = cost;
                    best = ports;
                }
            }
        }
        if (best == null) throw new IllegalStateException("no port is left");
        take(best);
        return best;
    }

    private void take(Ports ports) {
        nearUsed.add(ports.near());
        farUsed.add(ports.far());
        loads.forEach(load -> load.take(ports));
    }

    /** How many tunnels use each member of a bond in one direction. */
    private static final class Load {
        private final int weight;
        private final Function<Ports, Optional<Integer>> member;
        private final int[] tunnels;

        Load(Bond bond, int weight, Function<Ports, Optional<Integer>> member) {
            this.weight = weight;
            this.member = member;
            this.tunnels = new int[bond.members().size()];
        }

        /** What the member that this pair uses carries already, above the least used one. */
        int cost(Ports ports) {
            int idle = Arrays.stream(tunnels).min().orElse(0);
            return member.apply(ports)
                    .map(index -> weight * (tunnels[index] - idle))
                    .orElse(0);
        }

        void take(Ports ports) {
            member.apply(ports).ifPresent(index -> tunnels[index]++);
        }
    }
}
