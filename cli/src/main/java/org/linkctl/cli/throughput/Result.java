package org.linkctl.cli.throughput;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured.
 *
 * @param together bits per second over all tunnels, as the receiver counted them
 * @param alone bits per second over one tunnel
 * @param tunnelBytes sent by each tunnel interface while all were in use
 * @param memberBytes sent by each bond member in that time
 */
public record Result(
        Trial trial, double together, double alone, Map<String, Long> tunnelBytes, Map<String, Long> memberBytes) {
    public Result {
        tunnelBytes = Map.copyOf(tunnelBytes);
        memberBytes = Map.copyOf(memberBytes);
    }

    /** How many times one tunnel's rate all of them carry together. */
    public double times() {
        return alone == 0 ? 0 : together / alone;
    }

    /** Percent of the whole, by name. */
    public static Map<String, Long> shares(Map<String, Long> bytes) {
        long sum = bytes.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Long> out = new TreeMap<>();
        bytes.forEach((name, count) -> out.put(name, sum == 0 ? 0 : Math.round(100.0 * count / sum)));
        return out;
    }
}
