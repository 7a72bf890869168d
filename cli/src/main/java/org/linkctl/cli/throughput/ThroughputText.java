package org.linkctl.cli.throughput;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;

/** Shows a result: the rates, how many times one tunnel they are, and who carried what. */
public final class ThroughputText {
    private ThroughputText() {}

    /** Several lines, the last one ended. */
    public static String of(MeasurementResult result, Fabric fabric, EarlierRates earlier) {
        RouteDirection trial = result.trial();
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "Throughput %s, %s to %s%n",
                trial.route().label(),
                trial.from().name(),
                trial.to().name()));
        out.append(String.format(
                Locale.ROOT,
                "  %-28s %9s%s%n",
                trial.tunnels().size() + " tunnels together",
                rate(result.together()),
                compared(result, earlier)));
        out.append(String.format(
                Locale.ROOT,
                "  %-28s %9s   together: %.2f times%n",
                trial.tunnels().getFirst() + " alone",
                rate(result.alone()),
                result.times()));
        Map<String, String> expected = result.expected(fabric);
        MeasurementResult.shares(result.tunnelBytes()).forEach((tunnel, share) -> {
            String by = departure(result.leaves().get(tunnel), expected.get(tunnel));
            out.append(String.format(Locale.ROOT, "  tunnel %-21s %7d %%%s%n", tunnel, share, by));
        });
        MeasurementResult.shares(result.memberBytes())
                .forEach((member, share) ->
                        out.append(String.format(Locale.ROOT, "  member %-21s %7d %%%n", member, share)));
        if (!result.sent().congestion().isEmpty()) out.append(sent(result.sent()));
        if (result.udp() != null) out.append(sent(result.udp()));
        return out.toString();
    }

    private static String departure(@Nullable String seen, @Nullable String expected) {
        if (seen == null) return expected == null ? "" : "   expected to leave by " + expected;
        if (expected == null) return "   leaves by " + seen;
        return "   leaves by " + seen + (seen.equals(expected) ? ", as expected" : ", and not by " + expected);
    }

    private static String compared(MeasurementResult result, EarlierRates earlier) {
        OptionalDouble before = earlier.of(result.trial());
        if (before.isEmpty()) return earlier.together().isEmpty() ? "" : "   before: not measured";
        long percent = Math.round(100 * earlier.change(result).orElse(0));
        String now = percent == 0 ? "the same" : Math.abs(percent) + " % " + (percent > 0 ? "more" : "less");
        return "   before: " + rate(before.getAsDouble()) + ", now " + now;
    }

    private static String sent(TcpReport sent) {
        String line = String.format(
                Locale.ROOT,
                "  congestion control %-9s %7.2f %% retransmitted (%d segments)%n",
                sent.congestion(),
                100 * sent.resentShare(),
                sent.resent());
        return line + sent.advice().map(advice -> "    " + advice + "\n").orElse("");
    }

    private static String sent(Datagrams udp) {
        return String.format(
                Locale.ROOT,
                "  %-28s %7.2f %% lost, jitter %.2f ms%n",
                "UDP at " + rate(udp.rate()),
                100 * udp.lost(),
                udp.jitter());
    }

    /** Bits per second, for people. */
    public static String rate(double bits) {
        return bits >= 1e9
                ? String.format(Locale.ROOT, "%.2f Gbit/s", bits / 1e9)
                : String.format(Locale.ROOT, "%.1f Mbit/s", bits / 1e6);
    }
}
