package org.linkctl.lab;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A lab that is wanted: hosts, and the wires between them.
 *
 * @param hosts the hosts, each name once
 * @param wires the wires; on every host they must fill eth1, eth2 ... (vtnet1, vtnet2 ... on FreeBSD) without a gap,
 *     since the kernel of the host counts its interfaces and knows no names
 */
public record LabSpec(List<HostSpec> hosts, List<WireSpec> wires) {
    /** Refuses what could not be wired, all hosts and wires considered. */
    public LabSpec {
        hosts = List.copyOf(hosts);
        wires = List.copyOf(wires);
        Map<String, HostSpec> named = new HashMap<>();
        for (HostSpec host : hosts) {
            if (named.put(host.name(), host) != null) {
                throw new LabException("the lab has two hosts called \"" + host.name() + "\"");
            }
        }
        Set<WireSpec.End> taken = new HashSet<>();
        for (WireSpec.End end : wires.stream().flatMap(w -> w.ends().stream()).toList()) {
            HostSpec host = named.get(end.host());
            if (host == null) {
                throw new LabException("a wire ends at \"" + end.host() + "\", and the lab has no such host");
            }
            if (!end.driver().equals(host.driver())) {
                throw new LabException("a wire ends at " + end.nic() + " of " + end.host() + ", whose interfaces are "
                        + host.driver() + "1 and so on");
            }
            if (!taken.add(end)) {
                throw new LabException("two wires end at " + end.nic() + " of " + end.host());
            }
        }
        for (HostSpec host : hosts) {
            refuseGaps(host, endsOf(host.name(), wires));
        }
    }

    private static void refuseGaps(HostSpec host, List<WireSpec.End> ends) {
        for (int i = 0; i < ends.size(); i++) {
            if (ends.get(i).number() != i + 1) {
                throw new LabException(host.name() + " has a wire at "
                        + ends.get(i).nic() + " and none at " + host.driver() + (i + 1));
            }
        }
    }

    private static List<WireSpec.End> endsOf(String host, List<WireSpec> wires) {
        return wires.stream()
                .flatMap(w -> w.ends().stream())
                .filter(e -> e.host().equals(host))
                .sorted(Comparator.comparingInt(WireSpec.End::number))
                .toList();
    }

    /** The wires' ends at a host, in the order of its interfaces. */
    List<WireSpec.End> endsOf(String host) {
        return endsOf(host, wires);
    }

    /**
     * How many wires end at a host.
     *
     * @param host the host's name
     * @return 0 or more; its interfaces are counted from 1 to that number
     */
    public int nicsOf(String host) {
        return endsOf(host).size();
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
