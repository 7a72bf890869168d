package org.linkctl.cli.playbook;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.engine.CommandOutcome;
import org.linkctl.engine.Health;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.run.HostCommands;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.playbook.Action;
import org.linkctl.spi.Finding;

/**
 * Asks hosts again and again.
 *
 * @param run the name of the playbook's run in records
 */
record Waiting(CommandContext context, HostRuns runs, String run) {
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Until a command on a host answers what it has to; returns how long that took. */
    Duration until(Action.WaitFor wait) {
        long begun = System.nanoTime();
        String last = runs.commanding(run, commands -> asked(commands, wait, begun));
        runs.clearProgress();
        if (last.isEmpty()) return Duration.ofNanos(System.nanoTime() - begun);
        throw new StepFailure(ExitStatus.NOT_CONVERGED, "not within " + wait.within() + " s: " + last);
    }

    /** What the last answer lacks; empty: nothing. */
    private static String asked(HostCommands commands, Action.WaitFor wait, long begun) {
        while (true) {
            String lacks = switch (commands.ask(wait.host(), wait.question())) {
                case CommandOutcome.Ended(int status, String output) ->
                    wait.expected()
                            .wrong(status, output)
                            .map(what -> wait.question() + " " + what)
                            .orElse("");
                case CommandOutcome.NotKnown(Outcome why) -> why(Map.of(wait.host(), why));
            };
            boolean over = System.nanoTime() - begun
                    >= Duration.ofSeconds(wait.within()).toNanos();
            if (lacks.isEmpty() || over) return lacks;
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Until the selected hosts are in health. */
    String untilHealthy(Fabric fabric, Duration within) {
        long begun = System.nanoTime();
        while (true) {
            Map<Host, Health> health = runs.examine(fabric);
            runs.clearProgress();
            int status = ExitStatus.of(health);
            if (status == ExitStatus.OK) return "in health after " + seconds(begun) + " s";
            if (System.nanoTime() - begun >= within.toNanos()) {
                throw new StepFailure(status, "not in health in time: " + bad(health));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static long seconds(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    }

    /** What is wrong, in one line. */
    static String bad(Map<Host, Health> health) {
        return health.entrySet().stream()
                .flatMap(entry -> switch (entry.getValue()) {
                    case Health.Examined(var findings) ->
                        findings.stream()
                                .filter(finding -> finding.health() == Finding.Health.BAD)
                                .map(finding ->
                                        entry.getKey().name() + ", " + finding.subject() + ": " + finding.text());
                    case Health.Unreachable(String why) ->
                        java.util.stream.Stream.of(entry.getKey().name() + " is unreachable: " + why);
                    case Health.Refused(String why) ->
                        java.util.stream.Stream.of(entry.getKey().name() + " is refused: " + why);
                })
                .collect(Collectors.joining("; "));
    }

    /** Why hosts are not as they have to be, in one line. */
    static String why(Map<Host, Outcome> outcomes) {
        return outcomes.entrySet().stream()
                .filter(entry -> !entry.getValue().good() && !(entry.getValue() instanceof Outcome.WouldChange))
                .map(entry -> entry.getKey().name() + ": "
                        + switch (entry.getValue()) {
                            case Outcome.Unreachable(String why) -> why;
                            case Outcome.Refused(String why, var _) -> why;
                            case Outcome.Locked(String holder) -> "another run is at work there: " + holder;
                            default -> "it did not go well";
                        })
                .collect(Collectors.joining("; "));
    }
}
