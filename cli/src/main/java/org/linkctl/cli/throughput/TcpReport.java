package org.linkctl.cli.throughput;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * What iperf3(1) reports of TCP streams side by side.
 *
 * @param rate bits per second, as the receiver counted them
 * @param congestion the congestion control of the sender; empty: it was not told
 * @param resent segments that the sender sent again
 * @param resentShare of all it sent, from 0 to 1
 */
public record TcpReport(double rate, String congestion, long resent, double resentShare) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Above this share of losses, congestion control by loss carries clearly less than the link would. */
    private static final double LOSSY = 0.001;

    /** @throws IllegalStateException where it is no report, or one of an error, with what iperf3 said */
    static JsonNode report(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("iperf3 said no JSON: " + text.strip(), e);
        }
        if (root.hasNonNull("error"))
            throw new IllegalStateException("iperf3: " + root.get("error").asText());
        return root;
    }

    /** The same. */
    static TcpReport read(String report) {
        JsonNode root = report(report);
        JsonNode end = root.path("end");
        long resent = end.path("sum_sent").path("retransmits").asLong();
        double segments = end.path("sum_sent").path("bytes").asDouble()
                / Math.max(1, root.path("start").path("tcp_mss_default").asInt(1448));
        return new TcpReport(
                end.path("sum_received").path("bits_per_second").asDouble(),
                end.path("sender_tcp_congestion").asText(""),
                resent,
                segments <= 0 ? 0 : Math.min(1, resent / segments));
    }

    /** What would carry more over a path that loses packets; empty where nothing is to be said. */
    public Optional<String> advice() {
        if (resentShare < LOSSY || congestion.isEmpty() || congestion.startsWith("bbr")) return Optional.empty();
        return Optional.of(
                congestion + " slows down at each loss, bbr does not: it is the sender that counts, here this host, for"
                        + " forwarded connections the hosts behind it (sysctl('net.ipv4.tcp_congestion_control', 'bbr'))");
    }
}
