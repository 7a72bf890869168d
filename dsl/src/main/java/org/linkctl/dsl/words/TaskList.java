package org.linkctl.dsl.words;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.linkctl.diag.Place;
import org.linkctl.dsl.words.PlaybookRun.Phase;
import org.linkctl.model.Host;
import org.linkctl.playbook.Action;
import org.linkctl.playbook.Task;

/** The steps of a playbook while its file is run. */
final class TaskList {
    private final Map<Phase, List<Task>> done = new EnumMap<>(Phase.class);
    private final Deque<String> titles = new ArrayDeque<>(List.of(""));
    private List<Task> open;
    private Phase phase = Phase.USUALLY;

    TaskList() {
        for (Phase each : Phase.values()) done.put(each, new ArrayList<>());
        open = of(Phase.USUALLY);
    }

    private List<Task> of(Phase which) {
        return done.getOrDefault(which, List.of());
    }

    Phase phase() {
        return phase;
    }

    void add(Action action, Place at) {
        open.add(new Task(0, titles.element(), action, at));
    }

    /** The steps that are added meanwhile are of this part. */
    void titled(String title, Runnable steps) {
        titles.push(title);
        try {
            steps.run();
        } finally {
            titles.pop();
        }
    }

    /** The steps that are added meanwhile are done in this phase. */
    void in(Phase which, String title, Runnable steps) {
        List<Task> outer = open;
        Phase before = phase;
        open = of(which);
        phase = which;
        titled(title, steps);
        open = outer;
        phase = before;
    }

    /**
     * Adds steps that are done on several hosts side by side: the first of each host, then the second, and so on.
     *
     * @param each adds those of one host
     */
    void together(List<Host> hosts, java.util.function.Consumer<Host> each) {
        List<List<Task>> lanes = new ArrayList<>();
        List<Task> outer = open;
        for (Host host : hosts) {
            open = new ArrayList<>();
            lanes.add(open);
            titled(titleOf(hosts), () -> each.accept(host));
        }
        open = outer;
        int longest = lanes.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < longest; i++) {
            int column = i;
            joined(lanes.stream().filter(lane -> lane.size() > column).map(lane -> lane.get(column)).toList());
        }
    }

    private String titleOf(List<Host> hosts) {
        String outer = titles.element();
        String names = String.join(", ", hosts.stream().map(Host::name).toList());
        return outer.isEmpty() ? names : outer + ": " + names;
    }

    /** Hosts of a batch reboot together: the time that each is away is not added up. */
    private void joined(List<Task> column) {
        Task first = column.getFirst();
        boolean reboots = column.stream()
                .allMatch(task -> task.action() instanceof Action.Reboot reboot
                        && first.action() instanceof Action.Reboot other
                        && reboot.within() == other.within());
        if (!reboots) {
            open.addAll(column);
            return;
        }
        List<Host> hosts = new ArrayList<>();
        int within = 0;
        for (Task task : column) {
            if (!(task.action() instanceof Action.Reboot reboot)) continue;
            hosts.addAll(reboot.hosts());
            within = reboot.within();
        }
        open.add(new Task(0, first.title(), new Action.Reboot(hosts, within), first.at()));
    }

    /** The steps of a phase, numbered after those that are there already; they are added to them. */
    List<Task> numbered(Phase which, List<Task> before) {
        List<Task> out = new ArrayList<>();
        for (Task task : of(which)) {
            out.add(new Task(before.size() + out.size() + 1, task.title(), task.action(), task.at()));
        }
        before.addAll(out);
        return out;
    }
}
