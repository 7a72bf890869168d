package org.linkctl.modules.filter;

import java.util.Arrays;
import java.util.List;

/** What an option of an iptables rule says of a packet (iptables(8), iptables-extensions(8)). */
final class IptablesMatch {
    private static final List<String> LOOPBACK = List.of("lo", "lo0", "lo+", "lo0+");

    /** Of a connection's first packet. */
    private static final String NEW = "NEW";

    /** A port that the first packet of a connection comes from: none that rules name. */
    private static final int SOURCE_PORT = 49151;

    private IptablesMatch() {}

    static Sure of(String option, String value, Flow flow) {
        return switch (option) {
            case "-i", "--in-interface" -> device(value, flow.in(), true);
            case "-o", "--out-interface" -> device(value, flow.out(), flow.hook() == Flow.Hook.FORWARD);
            case "-s", "--source" -> Iptables.inside(value, flow.from());
            case "-d", "--destination" -> Iptables.inside(value, flow.to());
            case "-p", "--protocol" -> protocol(value, flow);
            case "--dport", "--dports", "--destination-port", "--destination-ports" -> Iptables.ports(value, flow);
            case "--sport", "--sports", "--source-port", "--source-ports" -> Iptables.ports(value, SOURCE_PORT);
            case "--ports" -> Iptables.ports(value, flow);
            case "--ctstate", "--state" -> state(value);
            case "--syn" -> Sure.of(flow.protocol().equals("tcp"));
            case "--dst-type" -> type(value, flow);
            case "--src-type" -> Sure.of(value.equals("UNICAST"));
            // Nothing of a declared link crosses a bridge on its way through the host, or belongs to a local process.
            case "--physdev-is-bridged", "--physdev-is-in", "--physdev-is-out" -> Sure.NO;
            default -> Sure.MAYBE;
        };
    }

    /**
     * A plus sign at the end stands for whatever follows. One that is not known may be any but the loopback.
     *
     * @param any whether the packet has such an interface at all
     */
    static Sure device(String pattern, String device, boolean any) {
        if (device.isEmpty() && any && !pattern.equals("+")) return LOOPBACK.contains(pattern) ? Sure.NO : Sure.MAYBE;
        return Sure.of(
                pattern.endsWith("+")
                        ? device.startsWith(pattern.substring(0, pattern.length() - 1))
                                && (!device.isEmpty() || pattern.equals("+"))
                        : pattern.equals(device));
    }

    static Sure protocol(String value, Flow flow) {
        return switch (value) {
            case "all", "0" -> Sure.YES;
            case "tcp", "6" -> Sure.of(flow.protocol().equals("tcp"));
            case "udp", "17" -> udp(flow);
            default -> Sure.NO;
        };
    }

    /** As with ports: who lets only UDP pass between two networks means to. */
    private static Sure udp(Flow flow) {
        if (flow.protocol().equals("udp")) return Sure.YES;
        return flow.hook() == Flow.Hook.FORWARD ? Sure.MAYBE : Sure.NO;
    }

    static Sure state(String value) {
        List<String> states = Arrays.asList(value.split(",", -1));
        return Sure.of(states.contains(NEW));
    }

    private static Sure type(String value, Flow flow) {
        boolean local = flow.hook() == Flow.Hook.INPUT;
        return switch (value) {
            case "LOCAL" -> Sure.of(local);
            case "UNICAST" -> Sure.of(!local);
            case "BROADCAST", "MULTICAST", "ANYCAST" -> Sure.NO;
            default -> Sure.MAYBE;
        };
    }
}
