package org.linkctl.modules.freebsd.kernel;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/** The interfaces for which a DHCP client runs: it names each in the title of its process (sbin/dhclient/dhclient.c). */
public final class DhcpClients {
    private static final Question.Command COMMAND = Question.command("pgrep", "-lf", "^dhclient: ");

    private static final Pattern LINE = Pattern.compile("[0-9]+ dhclient: (?<device>[^ \\[]+)(?: \\[priv\\])?.*");

    /** dhclient.leases(5): the last one counts. */
    private static final Pattern LEASE = Pattern.compile("(?m)^\\s*fixed-address\\s+(?<address>[0-9.]+);");

    private DhcpClients() {}

    public static Question.Command question() {
        return COMMAND;
    }

    /** pgrep(1) ends with 1 where there is none. */
    public static Set<String> read(Answers answers) {
        Answer.Output found = answers.to(COMMAND);
        if (found.exit() > 1 || (found.exit() == 1 && !found.stdout().isBlank())) {
            throw new UnreadableFacts(
                    "pgrep ended with " + found.exit() + ": " + found.stderr().strip());
        }
        return found.stdout()
                .lines()
                .map(LINE::matcher)
                .peek(match -> {
                    if (!match.matches()) throw new UnreadableFacts("pgrep: no DHCP client");
                })
                .map(match -> match.group("device"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What the client of an interface was given. */
    public static Question.ReadFile leases(String device) {
        return Question.file("/var/db/dhclient.leases." + device);
    }

    /** The address that it was given last; null: none. */
    public static @Nullable String leased(String device, Answers answers) {
        String out = null;
        Matcher lease = LEASE.matcher(answers.to(leases(device)).orElse(""));
        while (lease.find()) out = lease.group("address");
        return out;
    }
}
