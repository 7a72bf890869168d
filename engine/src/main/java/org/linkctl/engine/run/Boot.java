package org.linkctl.engine.run;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.engine.Connection;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * One boot of a host.
 *
 * @param id what no other boot has: boot_id of random(4) of Linux; empty on FreeBSD
 * @param uptime seconds since it, on FreeBSD: kern.boottime (sysctl(3)) before the time of day. Setting the clock moves both
 * @param asked when the host said so, by {@link System#nanoTime}
 */
record Boot(String id, long uptime, long asked) {
    private static final long SECOND = 1_000_000_000L;
    private static final Question.Command ID = Question.command("cat", "/proc/sys/kernel/random/boot_id");
    private static final Question.Command BOOTED = Question.command("sysctl", "-n", "kern.boottime");
    private static final Question.Command NOW = Question.command("date", "+%s");
    private static final Pattern SECONDS = Pattern.compile("sec = ([0-9]+),");

    /** @throws UnreadableFacts where the host does not say it */
    static Boot of(Connection connection, Host host) {
        long asked = System.nanoTime();
        if (host.os() == Os.LINUX)
            return new Boot(connection.ask(List.of(ID)).stdout(ID).strip(), 0, asked);
        Answers answers = connection.ask(List.of(BOOTED, NOW));
        return new Boot("", seconds(answers.stdout(NOW).strip()) - booted(answers.stdout(BOOTED)), asked);
    }

    private static long booted(String said) {
        Matcher found = SECONDS.matcher(said);
        if (!found.find()) throw new UnreadableFacts("sysctl kern.boottime: '" + said.strip() + "'");
        return seconds(found.group(1));
    }

    private static long seconds(String said) {
        if (!said.matches("[0-9]{1,18}")) throw new UnreadableFacts("a time in seconds: '" + said + "'");
        return Long.parseLong(said);
    }

    /** Whether the host has booted since; without an id: whether it is up for less time than has passed. */
    boolean isLaterThan(Boot before) {
        if (!id.isEmpty()) return !id.equals(before.id);
        return uptime < (asked - before.asked) / SECOND;
    }
}
