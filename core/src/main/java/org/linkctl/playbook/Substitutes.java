package org.linkctl.playbook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.model.Fabric;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Host;
import org.linkctl.model.Publish;

/**
 * Hosts that stand in for each other.
 *
 * @param service what they give, as a phrase
 * @param hosts their names
 */
record Substitutes(String service, Set<String> hosts) {
    /** Pairs, the targets of what is published, and the Firezone gateways of a site. */
    static List<Substitutes> of(Fabric fabric) {
        List<Substitutes> all = new ArrayList<>();
        fabric.pairs().forEach(pair -> all.add(new Substitutes("the pair " + pair.name(), names(pair.hosts()))));
        fabric.all(Publish.class)
                .forEach(one -> all.add(new Substitutes("the published " + one.name(), names(one.to()))));
        Map<String, Set<String>> gateways = new LinkedHashMap<>();
        for (Host host : fabric.hosts()) {
            if (fabric.of(FirezoneGateway.class, host).isEmpty()) continue;
            gateways.computeIfAbsent(host.site(), _ -> new LinkedHashSet<>()).add(host.name());
        }
        gateways.forEach((site, hosts) -> all.add(new Substitutes("the Firezone gateways of " + site, hosts)));
        return all;
    }

    private static Set<String> names(List<String> hosts) {
        return new LinkedHashSet<>(hosts);
    }

    /** Whether none is left without these hosts. */
    boolean isLost(Set<String> down) {
        return !hosts.isEmpty() && down.containsAll(hosts);
    }
}
