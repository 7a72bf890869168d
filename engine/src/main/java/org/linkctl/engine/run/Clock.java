package org.linkctl.engine.run;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.linkctl.engine.Connection;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Question;

/**
 * A host's clock against that of this machine.
 *
 * @param ahead seconds; negative where it is behind
 * @param margin seconds by which that may be wrong: half of the time that asking took, and what date(1) rounds off
 */
record Clock(double ahead, double margin) {
    private static final String SUBJECT = "clock";
    private static final double TOLERATED = 1;
    private static final double MILLIS = 1000;

    /** Seconds from which on tenths are not shown. */
    private static final double EXACT = 10;

    /** FreeBSD's date(1) has no fractions before 14.1: the half of a second that is lost on average is added. */
    private static final double ROUNDED = 0.5;

    static Question.Command question(Os os) {
        return Question.command("date", os == Os.LINUX ? "+%s.%N" : "+%s");
    }

    /** Asked alone over a connection that stands: the answer is there at once. */
    static Clock ask(Host host, Connection connection) {
        Question.Command question = question(host.os());
        long before = System.currentTimeMillis();
        Answer.Output answer = connection.ask(List.of(question)).to(question);
        long after = System.currentTimeMillis();
        return read(answer.stdout().strip(), before, after);
    }

    /**
     * @param said seconds since 1970, with or without a fraction
     * @param before this machine's time when it was asked, in milliseconds, and {@code after} it had answered
     */
    static Clock read(String said, long before, long after) {
        boolean whole = said.indexOf('.') < 0;
        double there = new BigDecimal(said).doubleValue() + (whole ? ROUNDED : 0);
        double here = (before + after) / 2.0 / MILLIS;
        return new Clock(there - here, (after - before) / 2.0 / MILLIS + (whole ? ROUNDED : 0));
    }

    private boolean differsFrom(Clock other) {
        return Math.abs(ahead - other.ahead) - margin - other.margin > TOLERATED;
    }

    /** @param all those of the hosts that were asked */
    static Diagnosis diagnosis(Host host, Map<Host, Clock> all) {
        Clock own = all.get(host);
        if (own == null) return Diagnosis.notAsked(SUBJECT, "date(1) said no time there");
        Clock here = new Clock(0, 0);
        List<String> differs = new ArrayList<>();
        if (own.differsFrom(here)) differs.add(own.text(here, "this machine"));
        List<Host> others =
                all.keySet().stream().filter(other -> !other.equals(host)).toList();
        List<Host> apart = others.stream()
                .filter(other -> own.differsFrom(all.getOrDefault(other, own)))
                .toList();
        if (!apart.isEmpty()) {
            Host other = apart.getFirst();
            String more = apart.size() > 1 ? " and " + (apart.size() - 1) + " more" : "";
            differs.add(own.text(all.getOrDefault(other, own), other.name()) + more);
        }
        if (differs.isEmpty()) return Diagnosis.fine(SUBJECT, "differs from no other by more than a second");
        boolean alone = apart.isEmpty() && !others.isEmpty();
        return Diagnosis.doubtful(
                SUBJECT,
                String.join(", ", differs) + (alone ? "; the other hosts' clocks are as its own" : ""),
                alone ? "set the clock of this machine" : cure(host.os()));
    }

    private String text(Clock other, String whose) {
        double by = ahead - other.ahead;
        String form = Math.abs(by) < EXACT ? "%.1f s %s %s" : "%.0f s %s %s";
        return String.format(Locale.ROOT, form, Math.abs(by), by > 0 ? "ahead of" : "behind", whose);
    }

    /**
     * WireGuard takes no handshake that is older than the last one of that peer, by the peer's own clock (WireGuard: Next
     * Generation Kernel Network Tunnel, section 5.4.2): one that jumps back keeps its tunnels down.
     */
    private static String cure(Os os) {
        return (os == Os.LINUX
                        ? "have it follow a time server: timedatectl set-ntp true (systemd-timesyncd, chrony)"
                        : "have it follow a time server: sysrc ntpd_enable=YES ntpd_sync_on_start=YES; service ntpd start")
                + "; a clock that jumps back keeps WireGuard's tunnels down for as long";
    }
}
