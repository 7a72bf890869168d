package org.linkctl.dsl.words;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Tunnel;
import org.linkctl.playbook.Way;

/** The values of one step of a playbook; what they name is looked up in the inventory, and reported where it is not there. */
final class StepValues {
    private final AttributeValues values;
    private final Map<String, Object> attributes;
    private final ModelValues model;
    private final Fabric fabric;

    StepValues(PlaybookRun run, AttributeValues values, Map<String, Object> attributes) {
        this.values = values;
        this.attributes = attributes;
        this.model = new ModelValues(run);
        this.fabric = run.fabric();
    }

    /** The hosts of an attribute; all hosts where it is not given. */
    List<Host> hosts(String attribute) {
        return model.hosts(values.use(), attribute, attributes.get(attribute));
    }

    /** The names of the tunnels of an attribute. */
    List<String> tunnels(String attribute) {
        return model.tunnels(values.use(), attribute, attributes.get(attribute)).stream()
                .map(Tunnel::name)
                .toList();
    }

    /** A number of 1 or more, such as of seconds. */
    int positive(String attribute, int otherwise) {
        int number = values.number(attribute).orElse(otherwise);
        if (number > 0) return number;
        values.refuse(
                values.use().of(attribute),
                attribute + ": expected 1 or more, got " + number,
                "",
                Integer.toString(otherwise));
        return otherwise;
    }

    /** The host of that name. */
    Optional<Host> host(String name) {
        List<Host> found = fabric.hostsNamed(name);
        if (found.isEmpty()) model.unknown(values.use().ofName(), "host", name, hostNames());
        return found.stream().findFirst();
    }

    /** What a tunnel or host of that name is a way of. */
    Optional<Way> way(String name) {
        List<Tunnel> tunnels = fabric.tunnelsNamed(name);
        if (!tunnels.isEmpty()) return Optional.of(Way.of(tunnels.getFirst()));
        List<Host> hosts = fabric.hostsNamed(name);
        if (!hosts.isEmpty()) return Optional.of(Way.of(fabric, hosts.getFirst()));
        Set<String> known = new LinkedHashSet<>();
        fabric.tunnels().forEach(tunnel -> known.add(tunnel.name()));
        known.addAll(hostNames());
        model.unknown(values.use().ofName(), "tunnel or host", name, known);
        return Optional.empty();
    }

    private Set<String> hostNames() {
        Set<String> out = new LinkedHashSet<>();
        fabric.hosts().forEach(host -> out.add(host.name()));
        return out;
    }
}
