package org.linkctl.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.model.Fabric;
import org.linkctl.model.Group;
import org.linkctl.model.Host;
import org.linkctl.model.HostIntent;
import org.linkctl.model.HostOrPairIntent;
import org.linkctl.model.Hub;
import org.linkctl.model.Intent;
import org.linkctl.model.Link;
import org.linkctl.model.Os;
import org.linkctl.model.Pair;
import org.linkctl.model.Route;
import org.linkctl.model.Sysctl;
import org.linkctl.model.Tunnel;
import org.linkctl.spi.SystemLimits;

/** What linkctl does not make on a system yet: a host that it is declared for would seem to be as wanted without it. */
final class LimitChecks {
    private final Refusals refusals;
    private final List<SystemLimits> limits;

    LimitChecks(Refusals refusals, List<SystemLimits> limits) {
        this.refusals = refusals;
        this.limits = limits;
    }

    void check(Fabric fabric) {
        Map<Class<?>, Map<Os, String>> byKind = new HashMap<>();
        for (Intent intent : fabric.intents()) {
            Map<Os, String> names = byKind.computeIfAbsent(intent.getClass(), this::names);
            if (names.isEmpty()) continue;
            hosts(fabric, intent)
                    .filter(host -> names.containsKey(host.os()))
                    .findFirst()
                    .ifPresent(host -> refuse(intent, host, names));
        }
    }

    /** How each system that does not make things of a kind calls them. */
    private Map<Os, String> names(Class<?> kind) {
        Map<Os, String> names = new LinkedHashMap<>();
        for (SystemLimits one : limits) {
            String name = one.notYet().get(kind);
            if (name != null) names.put(one.system(), name);
        }
        return names;
    }

    private void refuse(Intent intent, Host host, Map<Os, String> names) {
        String elsewhere = Arrays.stream(Os.values())
                .filter(os -> !names.containsKey(os))
                .map(Os::toString)
                .collect(Collectors.joining(" and "));
        String where = elsewhere.isEmpty() ? "on no hosts" : "on " + elsewhere + " hosts only";
        refusals.conflict(
                intent.at(),
                "",
                "",
                "linkctl makes " + names.get(host.os()) + " " + where + why(intent, host),
                Names.shown(host.name()) + " is a " + host.os() + " host (" + host.at() + ")");
    }

    /** What the system itself cannot have, or what is not made there yet. */
    private String why(Intent intent, Host host) {
        return limits.stream()
                .filter(one -> one.system() == host.os())
                .flatMap(one -> Stream.ofNullable(one.reasons().get(intent.getClass())))
                .findFirst()
                .map(reason -> ": " + reason)
                .orElse(", for now");
    }

    /** The hosts that something is declared for. */
    private static Stream<Host> hosts(Fabric fabric, Intent intent) {
        return switch (intent) {
            case Link link -> named(fabric, link.host());
            case Sysctl sysctl -> named(fabric, sysctl.host());
            case HostIntent declared -> named(fabric, declared.host());
            case Tunnel tunnel -> tunnel.ends().stream().flatMap(end -> named(fabric, end.host()));
            case Hub hub -> fabric.members(hub).stream();
            case Route route -> fabric.hosts().stream().filter(host -> route.joins(host.site()));
            case Pair pair -> named(fabric, pair.name());
            case Group _ -> Stream.empty();
            case HostOrPairIntent shared -> named(fabric, shared.hostOrPair());
        };
    }

    /** A host, or both of a pair. */
    private static Stream<Host> named(Fabric fabric, String name) {
        return fabric.hostsOf(name).stream();
    }
}
