package org.linkctl.cli.playbook;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.linkctl.cli.context.ExitStatus;

/**
 * What TCP connections met. A time without data is at most two intervals of 0.2 s longer than it is told.
 *
 * @param seconds the longest time in which one of them got nothing
 * @param hit how many of them got nothing for half a second
 * @param connections how many there were; 0: none
 * @param broke why they ended before their time; empty: they did not
 */
record TcpResult(double seconds, int hit, int connections, String broke) {
    static final TcpResult NONE = new TcpResult(0, 0, 0, "");

    private static final Pattern FORM = Pattern.compile("(?m)^longest ([0-9]+\\.[0-9]), ([0-9]+) of ([0-9]+)$");

    /** Reads what watch-tcp.sh leaves. */
    static TcpResult read(String output) {
        Matcher match = FORM.matcher(output);
        if (!match.find())
            throw new StepFailure(ExitStatus.ERROR, "iperf3 told nothing of its connections: " + output.strip());
        String broke = output.lines()
                .filter(line -> line.contains("iperf3: ") && !line.contains("interrupt - "))
                .collect(Collectors.joining("; "));
        return new TcpResult(
                Double.parseDouble(match.group(1)),
                Integer.parseInt(match.group(2)),
                Integer.parseInt(match.group(3)),
                broke);
    }

    boolean isNone() {
        return connections == 0;
    }

    /** In one line. */
    String text() {
        String text = String.format(
                Locale.ROOT,
                "TCP %.1f s without data at most, %d of %d connections for half a second",
                seconds,
                hit,
                connections);
        return text + (broke.isEmpty() ? "" : ", and then broke (" + broke + ")");
    }
}
