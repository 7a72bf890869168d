package org.linkctl.spread;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses ports for tunnels between two hosts so that each end's bond uses all its members.
 *
 * <p>Tunnel after tunnel, each takes the first pair of free ports that leaves by the least used members. A tunnel's
 * ports depend on those before it alone, so that adding one renumbers none.
 */
public final class PortAllocator {
    /** The UDP ports of one tunnel at its two ends. */
    public record Ports(int near, int far) {}

    private final @Nullable Leg near;
    private final @Nullable Leg far;
    private final Map<String, Integer> load = new HashMap<>();
    private final Set<Integer> nearUsed = new HashSet<>();
    private final Set<Integer> farUsed = new HashSet<>();

    private PortAllocator(@Nullable Leg near, @Nullable Leg far) {
        this.near = near;
        this.far = far;
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
                int cost = cost(nearPort, farPort);
                if (cost < least) {
                    least = cost;
                    best = new Ports(nearPort, farPort);
                }
            }
        }
        if (best == null) throw new IllegalStateException("no port is left");
        take(best);
        return best;
    }

    /** How much the members that this pair leaves by carry already, above the least used ones. */
    private int cost(int nearPort, int farPort) {
        return cost("near", near, nearPort, farPort) + cost("far", far, farPort, nearPort);
    }

    private int cost(String side, @Nullable Leg leg, int own, int other) {
        if (leg == null) return 0;
        int least = Integer.MAX_VALUE;
        for (int member = 0; member < leg.bond().members().size(); member++) {
            least = Math.min(least, load.getOrDefault(side + member, 0));
        }
        int idle = least;
        return leg.member(own, other)
                .map(member -> load.getOrDefault(side + member, 0) - idle)
                .orElse(0);
    }

    private void take(Ports ports) {
        nearUsed.add(ports.near());
        farUsed.add(ports.far());
        if (near != null)
            near.member(ports.near(), ports.far()).ifPresent(member -> load.merge("near" + member, 1, Integer::sum));
        if (far != null)
            far.member(ports.far(), ports.near()).ifPresent(member -> load.merge("far" + member, 1, Integer::sum));
    }
}
