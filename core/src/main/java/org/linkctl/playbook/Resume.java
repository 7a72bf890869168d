package org.linkctl.playbook;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.plan.Way;

/**
 * Where a playbook can begin but at its first step. What a run has drained is put back when it ends, and its pings end with
 * it: a step for which something is drained, or which ends a ping, cannot be done without the one that begins that.
 */
public final class Resume {
    private Resume() {}

    /** The latest step, up to this number, at which nothing is left out that it or a later step needs. */
    public static int at(Playbook playbook, int number) {
        int first = number;
        while (true) {
            Optional<Task> needed = leftOut(playbook, first);
            if (needed.isEmpty()) return first;
            first = needed.get().number();
        }
    }

    /** The earliest step before this number that it or a later step needs. */
    public static Optional<Task> leftOut(Playbook playbook, int number) {
        List<Task> tasks = playbook.tasks();
        return tasks.stream()
                .filter(task -> task.number() < number && isOpen(task, playbook, number))
                .min(Comparator.comparingInt(Task::number));
    }

    /** Whether what the task begins has not ended before this number. */
    private static boolean isOpen(Task task, Playbook playbook, int number) {
        List<Action> between = playbook.tasks().stream()
                .filter(one -> one.number() > task.number() && one.number() < number)
                .map(Task::action)
                .toList();
        return switch (task.action()) {
            case Action.Drain(Way way) -> isDrained(way, between);
            case Action.Watch watch -> !isEnded(watch, between.stream()) && isEnded(watch, from(playbook, number));
            default -> false;
        };
    }

    /** Whether some of it is not put back by these steps. */
    private static boolean isDrained(Way way, List<Action> steps) {
        Set<String> back = steps.stream()
                .flatMap(step -> step instanceof Action.Undrain(Way one) ? one.names().stream() : Stream.empty())
                .collect(Collectors.toSet());
        return !back.containsAll(way.names());
    }

    private static Stream<Action> from(Playbook playbook, int number) {
        return Stream.concat(
                        playbook.tasks().stream().filter(task -> task.number() >= number), playbook.always().stream())
                .map(Task::action);
    }

    /** A ping that nothing ends tells nothing: it is not missed. Nor is one that is ended after a failure alone. */
    private static boolean isEnded(Action.Watch watch, Stream<Action> steps) {
        return steps.anyMatch(step -> step instanceof Action.Outage(var ended, int _) && ended.equals(watch));
    }
}
