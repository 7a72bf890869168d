package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.engine.HostPlan;
import org.linkctl.shell.Step;

/**
 * Items of one host whose steps go there in one script, in order, each behind a check that the host is still this run's. After
 * a step that fails the host begins none, so that an item is begun only once those before it are done.
 */
final class StepBatch {
    /** So that a script stays small, and a host with thousands of tunnels is not sent all of them at once. */
    private static final int MOST_STEPS = 200;

    private final List<HostPlan.Item> items = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    /** For each step its item's place among the items. */
    private final List<Integer> owners = new ArrayList<>();

    /** How the check of an item is made. */
    interface Check {
        Step of(HostPlan.Item item);
    }

    /** All items, in as few batches as they fit in. */
    static List<StepBatch> of(List<HostPlan.Item> items, Check check) {
        List<StepBatch> out = new ArrayList<>();
        for (HostPlan.Item item : items) {
            if (out.isEmpty() || out.getLast().steps.size() >= MOST_STEPS) out.add(new StepBatch());
            out.getLast().add(item, check.of(item));
        }
        return out;
    }

    private void add(HostPlan.Item item, Step check) {
        add(check);
        item.steps().forEach(this::add);
        items.add(item);
    }

    private void add(Step step) {
        steps.add(step);
        owners.add(items.size());
    }

    List<Step> steps() {
        return steps;
    }

    /** Whether a step is the check before an item's own steps. */
    boolean isCheck(int step) {
        return step == 0 || !owners.get(step).equals(owners.get(step - 1));
    }

    /** How many items are begun once this step is. */
    int begun(int step) {
        return owners.get(step) + 1;
    }

    /** The steps before this one, without checks. */
    int own(int step) {
        return step - begun(step);
    }

    /** The steps, without checks. */
    int own() {
        return steps.size() - items.size();
    }

    List<HostPlan.Item> items() {
        return items;
    }
}
