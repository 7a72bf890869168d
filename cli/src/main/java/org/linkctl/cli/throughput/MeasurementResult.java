package org.linkctl.cli.throughput;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.spi.Published;
import org.linkctl.spread.Departure;
import org.linkctl.spread.Spread;

/**
 * What was measured.
 *
 * @param sent over all tunnels
 * @param alone bits per second over one tunnel
 * @param tunnelBytes sent by each tunnel interface while all were in use
 * @param memberBytes sent by each bond member in that time
 * @param order of the members of the sender's bonds, as the host tells it
 * @param leaves the member that each tunnel was seen to leave by
 * @param udp over all tunnels; null: it was not measured
 */
public record MeasurementResult(
        RouteDirection trial,
        TcpReport sent,
        double alone,
        Map<String, Long> tunnelBytes,
        Map<String, Long> memberBytes,
        Published order,
        Map<String, String> leaves,
        @Nullable Datagrams udp)
        implements MeasurementOutcome {
    public MeasurementResult {
        tunnelBytes = Map.copyOf(tunnelBytes);
        memberBytes = Map.copyOf(memberBytes);
        leaves = Map.copyOf(leaves);
    }

    /** One that tells of TCP alone. */
    public MeasurementResult(
            RouteDirection trial,
            TcpReport sent,
            double alone,
            Map<String, Long> tunnelBytes,
            Map<String, Long> memberBytes,
            Published order,
            Map<String, String> leaves) {
        this(trial, sent, alone, tunnelBytes, memberBytes, order, leaves, null);
    }

    /** Bits per second over all tunnels. */
    public double together() {
        return sent.rate();
    }

    /** How many times one tunnel's rate all of them carry together. */
    public double times() {
        return alone == 0 ? 0 : together() / alone;
    }

    /** The bond member that each tunnel was expected to leave by, where it can be computed. */
    public Map<String, String> expected(Fabric fabric) {
        return Spread.departures(fabric, order).stream()
                .filter(one -> one.host().equals(trial.from().name()) && one.member() != null)
                .filter(one -> trial.tunnels().contains(one.tunnel()))
                .collect(Collectors.toMap(Departure::tunnel, one -> String.valueOf(one.member())));
    }

    /** Percent of the whole, by name. */
    public static Map<String, Long> shares(Map<String, Long> bytes) {
        long sum = bytes.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Long> out = new TreeMap<>();
        bytes.forEach((name, count) -> out.put(name, sum == 0 ? 0 : Math.round(100.0 * count / sum)));
        return out;
    }
}
