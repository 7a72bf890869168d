package org.linkctl.playbook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.linkctl.model.Fabric;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Publish;
import org.linkctl.spi.Resource;

/**
 * Hosts that stand in for each other.
 *
 * @param service what they give, as a phrase
 * @param hosts their names
 * @param paths those of them that give nothing while this path is drained, by its name
 */
record Substitutes(String service, Set<String> hosts, Map<String, String> paths) {
    /** Pairs, the targets of what is published, and the Firezone gateways of a site. */
    static List<Substitutes> of(Fabric fabric) {
        List<Substitutes> all = new ArrayList<>();
        fabric.pairs()
                .forEach(pair -> all.add(
                        new Substitutes("the pair " + pair.name(), names(pair.hosts()), idle(fabric, pair.hosts()))));
        fabric.all(Publish.class)
                .forEach(one -> all.add(new Substitutes(
                        "the published " + one.name(), names(one.to()), by(one.to(), Resource::place))));
        Map<String, Set<String>> gateways = new LinkedHashMap<>();
        for (Host host : fabric.hosts()) {
            if (fabric.of(FirezoneGateway.class, host).isEmpty()) continue;
            gateways.computeIfAbsent(host.site(), _ -> new LinkedHashSet<>()).add(host.name());
        }
        gateways.forEach(
                (site, hosts) -> all.add(new Substitutes("the Firezone gateways of " + site, hosts, Map.of())));
        return all;
    }

    private static Set<String> names(List<String> hosts) {
        return new LinkedHashSet<>(hosts);
    }

    /** Those of a pair that do not take over while they are drained: on FreeBSD a drained host does (carp(4)). */
    private static Map<String, String> idle(Fabric fabric, List<String> pair) {
        List<String> linux = pair.stream()
                .filter(name -> fabric.host(name).stream().allMatch(host -> host.os() == Os.LINUX))
                .toList();
        return by(linux, Resource::through);
    }

    private static Map<String, String> by(List<String> hosts, UnaryOperator<String> path) {
        Map<String, String> out = new LinkedHashMap<>();
        hosts.forEach(host -> out.put(path.apply(host), host));
        return out;
    }

    /** Whether none is left without these hosts. */
    boolean isLost(Set<String> down) {
        return isLost(down, Set.of());
    }

    /** Whether none is left without these hosts while these paths are drained. */
    boolean isLost(Set<String> down, Set<String> drained) {
        Set<String> gone = new LinkedHashSet<>(drained(drained));
        gone.addAll(down);
        return hosts.stream().anyMatch(down::contains) && gone.containsAll(hosts);
    }

    /** Those of them that are drained. */
    List<String> drained(Set<String> drained) {
        return paths.entrySet().stream()
                .filter(one -> drained.contains(one.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }
}
