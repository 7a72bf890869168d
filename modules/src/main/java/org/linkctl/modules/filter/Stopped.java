package org.linkctl.modules.filter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What somebody's rules stop of what declared links have to carry.
 *
 * @param what such as {@code what goes from eth1 to wg0}
 * @param where the chain
 * @param whose the program's name
 * @param allow commands that let it pass
 */
public record Stopped(String what, String where, String whose, List<String> allow) {
    public Stopped {
        allow = List.copyOf(allow);
    }

    /**
     * Every chain at a hook has its say: what one of them accepts, another one may drop.
     *
     * @param flows what has to pass
     */
    public static List<Stopped> by(Collection<Chain> chains, Collection<Flow> flows) {
        Map<String, Map<String, Chain>> tables = new LinkedHashMap<>();
        for (Chain chain : chains)
            tables.computeIfAbsent(chain.table(), name -> new LinkedHashMap<>()).put(chain.name(), chain);
        List<Stopped> out = new ArrayList<>();
        for (Chain chain : chains) {
            Map<String, Chain> beside = tables.getOrDefault(chain.table(), Map.of());
            List<Flow> stopped =
                    flows.stream().filter(flow -> chain.stops(flow, beside)).toList();
            if (!stopped.isEmpty()) out.add(of(chain, Owner.of(chain, beside.values()), stopped));
        }
        return out;
    }

    private static Stopped of(Chain chain, Owner owner, List<Flow> flows) {
        Set<String> what = new LinkedHashSet<>();
        Set<String> allow = new LinkedHashSet<>();
        for (Flow flow : flows) {
            what.add(
                    flow.hook() == Flow.Hook.INPUT
                            ? flow.protocol() + " to port " + flow.port()
                            : "what goes from " + place(flow.in(), flow.from().toString()) + " to "
                                    + place(flow.out(), flow.to().toString()));
            allow.add(owner.allow(chain, flow));
        }
        return new Stopped(
                String.join(", ", what), chain.table() + " " + chain.name(), owner.shown(), List.copyOf(allow));
    }

    private static String place(String device, String address) {
        return device.isEmpty() ? address : device;
    }

    /** A sentence for a plan, and for {@code linkctl verify}. */
    public String text() {
        return reason() + ". Allow it there: " + commands();
    }

    /** What is stopped, and by which rules. */
    String reason() {
        return whose + "'s rules (" + where + ") drop " + what + "; no rule of linkctl's can let it pass";
    }

    String commands() {
        return allow.stream().map(one -> "`" + one + "`").collect(Collectors.joining(", "));
    }
}
