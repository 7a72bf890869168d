package org.linkctl.cli.playbook;

import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.cli.context.ExitStatus;

/**
 * What a ping tells.
 *
 * @param sent how many packets
 * @param lost how many of them were not answered
 * @param seconds the longest time without an answer
 */
record PingResult(int sent, int lost, double seconds) {
    private static final Pattern ANSWER = Pattern.compile("icmp_seq=([0-9]+).*time=");
    private static final Pattern SUMMARY = Pattern.compile("([0-9]+) packets transmitted, ([0-9]+)");

    /**
     * Reads the output of ping(8): a line for each answer, with the number of its packet, and a summary.
     *
     * @param first the number of the first packet
     * @param millis between two packets
     */
    static PingResult read(String output, int first, int millis) {
        Matcher summary = SUMMARY.matcher(output);
        if (!summary.find()) {
            throw new StepFailure(ExitStatus.ERROR, "ping did not tell how many packets it sent: " + output.strip());
        }
        int sent = Integer.parseInt(summary.group(1));
        int received = Integer.parseInt(summary.group(2));
        TreeSet<Integer> answered = new TreeSet<>();
        for (Matcher one = ANSWER.matcher(output); one.find(); ) answered.add(Integer.parseInt(one.group(1)));
        int longest = 0;
        int before = first - 1;
        for (int number : answered) {
            longest = Math.max(longest, number - before - 1);
            before = number;
        }
        longest = Math.max(longest, first + sent - 1 - before);
        return new PingResult(sent, Math.max(0, sent - received), longest * millis / 1000.0);
    }

    /** In one line. */
    String text() {
        return String.format(
                Locale.ROOT, "%d of %d packets lost, %.1f s without an answer at most", lost, sent, seconds);
    }
}
