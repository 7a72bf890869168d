package org.linkctl.engine.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.linkctl.engine.CommandOutcome;
import org.linkctl.engine.Connection;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Safety;
import org.linkctl.engine.StepResult;
import org.linkctl.engine.Unreachable;
import org.linkctl.model.Host;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * Single commands on hosts, outside of any plan. One that may change something is run while the host is locked, so that no
 * run works there meanwhile; it has no undo.
 */
public final class HostCommands implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration RECONNECT = Duration.ofSeconds(10);

    /** shutdown(8), on Linux and on FreeBSD. */
    private static final Argv REBOOT = Argv.of("shutdown", "-r", "now");

    private final Fleet fleet;
    private final Safety safety;

    HostCommands(Fleet fleet, Safety safety) {
        this.fleet = fleet;
        this.safety = safety;
    }

    /** Runs a command as root. */
    public CommandOutcome run(Host host, Argv command) {
        try (Guards guards = new Guards(fleet, safety)) {
            Optional<Outcome> refused = locked(guards, List.of(host));
            if (refused.isPresent()) return new CommandOutcome.NotKnown(refused.get());
            StepResult result = fleet.connection(host).run(new Step.Run(command, List.of()));
            guards.unlock();
            return new CommandOutcome.Ended(result.exit(), result.output());
        } catch (Unreachable e) {
            return unreachable(e);
        }
    }

    /** Asks a question, by a command that changes nothing; the host is not locked. */
    public CommandOutcome ask(Host host, Argv command) {
        Question.Command question = new Question.Command(command);
        try {
            Answer.Output answer = fleet.connection(host).ask(List.of(question)).to(question);
            return new CommandOutcome.Ended(answer.exit(), answer.stdout());
        } catch (Unreachable e) {
            return unreachable(e);
        } catch (UnreadableFacts e) {
            return new CommandOutcome.NotKnown(new Outcome.Refused(String.valueOf(e.getMessage())));
        }
    }

    /**
     * Reboots hosts, and waits until each answers again.
     *
     * @param within for each host, from the command on
     * @return the hosts that are not back, or were not rebooted, and why
     */
    public Map<Host, Outcome> reboot(List<Host> hosts, Duration within) {
        try (Guards guards = new Guards(fleet, safety)) {
            Map<Host, Outcome> refused = new LinkedHashMap<>(guards.reserve(hosts));
            if (!refused.isEmpty()) return refused;
            guards.unlock(); // a lock would outlive the reboot
        }
        Map<Host, Outcome> failed = new LinkedHashMap<>();
        fleet.each(hosts, host -> rebooted(host, within), (host, lost) -> Optional.<Outcome>of(lost(lost)))
                .forEach((host, outcome) -> outcome.ifPresent(why -> failed.put(host, why)));
        return failed;
    }

    private Optional<Outcome> rebooted(Host host, Duration within) {
        Connection connection = fleet.connection(host);
        Boot before;
        try {
            before = Boot.of(connection, host);
        } catch (UnreadableFacts e) {
            return Optional.of(new Outcome.Refused(String.valueOf(e.getMessage())));
        }
        long end = System.nanoTime() + within.toNanos();
        fleet.events().notice(host, "reboots");
        try {
            StepResult result = connection.run(new Step.Run(REBOOT, List.of()));
            if (!result.ok()) return Optional.of(new Outcome.Refused(REBOOT + ": " + result.output()));
        } catch (Unreachable e) {
            fleet.events().trace(host, "the connection ended with the reboot: " + e.why());
        }
        while (System.nanoTime() < end && fleet.timeLeft()) {
            LockSupport.parkNanos(PAUSE.toNanos());
            try {
                connection.reconnect(RECONNECT);
                if (Boot.of(connection, host).isLaterThan(before)) {
                    fleet.events().notice(host, "is back");
                    return Optional.empty();
                }
            } catch (Unreachable | UnreadableFacts e) {
                fleet.events().trace(host, "not back yet: " + e.getMessage());
            }
        }
        return Optional.of(new Outcome.Unreachable(
                fleet.timeLeft()
                        ? "not back within " + within.toSeconds() + " s of its reboot"
                        : "not back from its reboot when the time of the step was over (--timeout)"));
    }

    private static Optional<Outcome> locked(Guards guards, List<Host> hosts) {
        return guards.reserve(hosts).values().stream().findFirst();
    }

    private static Outcome lost(Unreachable lost) {
        return new Outcome.Unreachable(lost.why());
    }

    private static CommandOutcome unreachable(Unreachable lost) {
        return new CommandOutcome.NotKnown(lost(lost));
    }

    @Override
    public void close() {
        fleet.close();
    }
}
