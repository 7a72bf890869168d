package org.linkctl.dsl.words;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.linkctl.diag.Place;
import org.linkctl.dsl.words.PlaybookRun.Phase;
import org.linkctl.model.Host;
import org.linkctl.playbook.Action;
import org.linkctl.playbook.Condition;
import org.linkctl.playbook.Expected;
import org.linkctl.playbook.Task;
import org.linkctl.shell.Argv;

/** The steps of a playbook while its file is run. */
final class TaskList {
    private final Map<Phase, List<Task>> done = new EnumMap<>(Phase.class);
    private List<String> parts = List.of();
    private List<Task> open;
    private Phase phase = Phase.USUALLY;
    private String login = "";
    private List<Condition> conditions = List.of();
    private int asked;

    TaskList() {
        for (Phase each : Phase.values()) done.put(each, new ArrayList<>());
        open = of(Phase.USUALLY);
    }

    private List<Task> of(Phase which) {
        return done.getOrDefault(which, List.of());
    }

    void add(Action action, Place at) {
        open.add(new Task(0, parts, login, action, conditions, at));
    }

    /** Whether steps that are added now depend on what a host answers. */
    boolean isConditional() {
        return !conditions.isEmpty();
    }

    /** The steps that are added meanwhile are done only where this holds. */
    void where(Host host, Argv question, Expected expected, Runnable steps) {
        List<Condition> outer = conditions;
        List<Condition> inner = new ArrayList<>(outer);
        inner.add(new Condition(++asked, host, login, question, expected));
        conditions = inner;
        try {
            steps.run();
        } finally {
            conditions = outer;
        }
    }

    /** The steps that are added meanwhile are of this part. */
    void titled(String title, Runnable steps) {
        List<String> outer = parts;
        List<String> inner = new ArrayList<>(outer);
        inner.add(title);
        parts = inner;
        try {
            steps.run();
        } finally {
            parts = outer;
        }
    }

    /** In the steps that are added meanwhile hosts are logged in to as this user; empty: as around them. */
    void as(String user, Runnable steps) {
        String outer = login;
        if (!user.isEmpty()) login = user;
        try {
            steps.run();
        } finally {
            login = outer;
        }
    }

    /** The steps that are added meanwhile are done in this phase. */
    void in(Phase which, Runnable steps) {
        List<Task> outer = open;
        Phase around = phase;
        open = of(which);
        phase = which;
        steps.run();
        open = outer;
        phase = around;
    }

    /** When the steps are done that are added now. */
    Phase phase() {
        return phase;
    }

    /**
     * Adds steps that are done on several hosts side by side: a step of one host together with the same of the others.
     *
     * @param each adds those of one host
     */
    void together(List<Host> hosts, Consumer<Host> each) {
        List<Deque<Task>> lanes = new ArrayList<>();
        List<Task> outer = open;
        for (Host host : hosts) {
            open = new ArrayList<>();
            titled(names(hosts), () -> each.accept(host));
            lanes.add(new ArrayDeque<>(open));
        }
        open = outer;
        while (lanes.stream().anyMatch(lane -> !lane.isEmpty())) joined(next(lanes));
    }

    /** The steps that are next: of one kind, for which no host that is still at another kind has to be waited for. */
    private static List<Task> next(List<Deque<Task>> lanes) {
        List<Task> first =
                lanes.stream().flatMap(lane -> Stream.ofNullable(lane.peek())).toList();
        Class<?> kind = first.stream()
                .<Class<?>>map(task -> task.action().getClass())
                .filter(one -> lanes.stream().allMatch(lane -> isAt(lane, one) || !holds(lane, one)))
                .findFirst()
                .orElse(first.getFirst().action().getClass());
        return lanes.stream()
                .filter(lane -> isAt(lane, kind))
                .map(Deque::remove)
                .toList();
    }

    private static boolean isAt(Deque<Task> lane, Class<?> kind) {
        Task next = lane.peek();
        return next != null && next.action().getClass() == kind;
    }

    private static boolean holds(Deque<Task> lane, Class<?> kind) {
        return lane.stream().anyMatch(task -> task.action().getClass() == kind);
    }

    private static String names(List<Host> hosts) {
        return String.join(", ", hosts.stream().map(Host::name).toList());
    }

    /**
     * Adds steps of one kind. Hosts of a batch reboot together, so that the times for which they are away are not added
     * up; and what the same step after it would find done, or the same, is done once. Steps of parts with other titles are then
     * of the part around these.
     */
    private void joined(List<Task> column) {
        List<List<Task>> groups = new ArrayList<>();
        for (Task task : column) {
            groups.stream()
                    .filter(group -> isOneWith(group.getFirst(), task))
                    .findFirst()
                    .orElseGet(() -> {
                        groups.add(new ArrayList<>());
                        return groups.getLast();
                    })
                    .add(task);
        }
        for (List<Task> group : groups) {
            if (group.getFirst().action() instanceof Action.Reboot(var _, int within)) rebooting(within, group);
            else open.add(with(group.getFirst().action(), group));
        }
    }

    /** Whether two steps of hosts that are taken together are done as one. */
    private static boolean isOneWith(Task first, Task second) {
        if (!first.login().equals(second.login()) || !isSame(first.conditions(), second.conditions())) return false;
        if (first.action() instanceof Action.Reboot(var _, int within))
            return first.conditions().isEmpty()
                    && second.action() instanceof Action.Reboot(var _, int other)
                    && within == other;
        return isOnce(first.action()) && first.action().equals(second.action());
    }

    private static boolean isSame(List<Condition> some, List<Condition> others) {
        if (some.size() != others.size()) return false;
        for (int i = 0; i < some.size(); i++) if (!some.get(i).isAs(others.get(i))) return false;
        return true;
    }

    /** A step in the place of several, of the part that all of these are of. */
    private static Task with(Action action, List<Task> group) {
        Task first = group.getFirst();
        int depth = first.parts().size();
        for (Task task : group) {
            depth = Math.min(depth, task.parts().size());
            while (!first.parts().subList(0, depth).equals(task.parts().subList(0, depth))) depth--;
        }
        return new Task(0, first.parts().subList(0, depth), first.login(), action, first.conditions(), first.at());
    }

    /** Whether it is the same to do it once or twice. */
    private static boolean isOnce(Action action) {
        return action instanceof Action.Verify
                || action instanceof Action.WaitFor
                || action instanceof Action.WaitForHealth
                || action instanceof Action.Drain
                || action instanceof Action.Undrain;
    }

    /** Adds reboots of hosts together; a host that reboots as often as it is written does so once in each. */
    private void rebooting(int within, List<Task> tasks) {
        List<Set<Host>> rounds = new ArrayList<>();
        for (Task task : tasks) {
            if (!(task.action() instanceof Action.Reboot(var hosts, int _))) continue;
            Set<Host> round = rounds.stream()
                    .filter(one -> Collections.disjoint(one, hosts))
                    .findFirst()
                    .orElse(null);
            if (round == null) {
                round = new LinkedHashSet<>();
                rounds.add(round);
            }
            round.addAll(hosts);
        }
        for (Set<Host> round : rounds) open.add(with(new Action.Reboot(List.copyOf(round), within), tasks));
    }

    /** The steps of a phase, numbered after those that are there already; they are added to them. */
    List<Task> numbered(Phase which, List<Task> before) {
        List<Task> out = new ArrayList<>();
        for (Task task : of(which)) {
            out.add(new Task(
                    before.size() + out.size() + 1,
                    task.parts(),
                    task.login(),
                    task.action(),
                    task.conditions(),
                    task.at()));
        }
        before.addAll(out);
        return out;
    }
}
