package org.linkctl.cli.throughput;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What iperf3(1) reports of UDP streams side by side: what a link does to packets that nobody sends again.
 *
 * @param rate bits per second that were sent
 * @param lost share of the packets, from 0 to 1
 * @param jitter milliseconds (RFC 1889)
 */
public record Datagrams(double rate, double lost, double jitter) {
    /** @throws IllegalStateException where it is no report, or one of an error, with what iperf3 said */
    static Datagrams read(String report) {
        JsonNode sum = TcpReport.report(report).path("end").path("sum");
        if (!sum.path("packets").isNumber()) throw new IllegalStateException("iperf3 told of no packets of UDP");
        double packets = sum.path("packets").asDouble();
        return new Datagrams(
                sum.path("bits_per_second").asDouble(),
                packets <= 0 ? 0 : Math.min(1, sum.path("lost_packets").asDouble() / packets),
                sum.path("jitter_ms").asDouble());
    }
}
