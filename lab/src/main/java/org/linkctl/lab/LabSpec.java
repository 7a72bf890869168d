package org.linkctl.lab;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A lab that is wanted: hosts, and the wires between them.
 *
 * @param hosts the hosts, each name once
 * @param wires the wires; on every host they must fill eth1, eth2 ... without a gap, since the kernel of the host
 *     counts its interfaces and knows no names
 */
public record LabSpec(List<HostSpec> hosts, List<WireSpec> wires) {
    /** Refuses what could not be wired, all hosts and wires considered. */
    public LabSpec {
        hosts = List.copyOf(hosts);
        wires = List.copyOf(wires);
        Set<String> names = new HashSet<>();
        for (HostSpec host : hosts) {
            if (!names.add(host.name())) {
                throw new LabException("the lab has two hosts called \"" + host.name() + "\"");
            }
        }
        Set<WireSpec.End> taken = new HashSet<>();
        for (WireSpec.End end : wires.stream().flatMap(w -> w.ends().stream()).toList()) {
            if (!names.contains(end.host())) {
                throw new LabException("a wire ends at \"" + end.host() + "\", and the lab has no such host");
            }
            if (!taken.add(end)) {
                throw new LabException("two wires end at " + end.nic() + " of " + end.host());
            }
        }
        for (String name : names) {
            refuseGaps(name, wires);
        }
    }

    private static void refuseGaps(String host, List<WireSpec> wires) {
        Set<Integer> numbers = new TreeSet<>();
        wires.stream()
                .flatMap(w -> w.ends().stream())
                .filter(e -> e.host().equals(host))
                .forEach(e -> numbers.add(e.number()));
        int expected = 1;
        for (int number : numbers) {
            if (number != expected) {
                throw new LabException(host + " has a wire at eth" + number + " and none at eth" + expected);
            }
            expected++;
        }
    }

    /**
     * How many wires end at a host.
     *
     * @param host the host's name
     * @return 0 or more; its interfaces are eth1 to that number
     */
    public int nicsOf(String host) {
        return (int) wires.stream()
                .flatMap(w -> w.ends().stream())
                .filter(e -> e.host().equals(host))
                .count();
    }

    /**
     * The same lab with one host run by something else.
     *
     * @param host the host's name
     * @param kind what runs its network
     * @return a new spec
     */
    public LabSpec runBy(String host, NetworkKind kind) {
        return new LabSpec(
                hosts.stream()
                        .map(h -> h.name().equals(host) ? h.runBy(kind) : h)
                        .toList(),
                wires);
    }
}
