package org.linkctl.modules.freebsd.carp;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;

/**
 * By how much the clocks of a pair differ. The other host is asked for its time by ICMP (RFC 792, timestamp message), so that
 * it does not matter when a host is asked. ping(8) prints whole seconds of it: of requests that are spread over a second, as
 * many show a second too much as the clocks are apart in parts of it.
 */
final class PairClock {
    private static final int REQUESTS = 10;

    /** Seconds: a new master whose clock is behind by more begins no session with WireGuard's peers (replayed timestamps). */
    private static final double APART = 1;

    private static final int MILLIS = 1000;
    private static final int DAY = 86_400;

    private static final String TIME = "(?<%1$sh>[0-9]{2}):(?<%1$sm>[0-9]{2}):(?<%1$ss>[0-9]{2})";

    /** ping.c, pr_pack: what the request was given, and when it was received there. */
    private static final Pattern STAMPS =
            Pattern.compile(" tso=" + TIME.formatted("o") + " tsr=" + TIME.formatted("r") + " tst=");

    private PairClock() {}

    static Question.Command ask(Ip address) {
        return Question.command(
                "ping", "-n", "-c", Integer.toString(REQUESTS), "-i", "0.1", "-t", "3", "-M", "time", address.text());
    }

    static Finding finding(String peer, Answer.Output said) {
        OptionalDouble apart = apart(said.stdout());
        if (apart.isEmpty())
            return Finding.doubtful(
                    "clock",
                    "that of " + peer + " is not known: it answers no timestamp request, which its firewall may stop");
        long millis = Math.round(apart.getAsDouble() * MILLIS);
        String how = millis == 0
                ? "that of " + peer + " is the same, to 0.1 s"
                : "that of " + peer + " is about " + Math.abs(millis) + " ms " + (millis < 0 ? "behind" : "ahead");
        return Math.abs(apart.getAsDouble()) >= APART
                ? Finding.bad(
                        "clock",
                        how + ": less than 1 s is needed, since WireGuard's peers ignore a new master that is behind")
                : Finding.good("clock", how);
    }

    /** Empty: too few answered. */
    private static OptionalDouble apart(String said) {
        List<Integer> all = new ArrayList<>();
        Matcher match = STAMPS.matcher(said);
        while (match.find()) {
            int seconds = seconds(match, "r") - seconds(match, "o");
            // Midnight may lie between the two.
            if (seconds > DAY / 2) seconds -= DAY;
            if (seconds < -DAY / 2) seconds += DAY;
            all.add(seconds);
        }
        return all.size() < REQUESTS / 2
                ? OptionalDouble.empty()
                : all.stream().mapToInt(one -> one).average();
    }

    private static int seconds(Matcher match, String which) {
        int hours = Integer.parseInt(match.group(which + "h"));
        int minutes = Integer.parseInt(match.group(which + "m"));
        return (hours * 60 + minutes) * 60 + Integer.parseInt(match.group(which + "s"));
    }
}
