package org.linkctl.engine.ssh;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.linkctl.engine.StepResult;
import org.linkctl.engine.script.CommandText;
import org.linkctl.engine.script.StepProgress;
import org.linkctl.shell.Step;

/** Tracks how far a list of steps has come, for progress events and for the message after a lost connection. */
final class StepTracker implements StepProgress {
    private final List<Step> steps;
    private final IntConsumer starting;
    private final Consumer<String> trace;
    private boolean sent;
    private int ended;
    private boolean running;

    StepTracker(List<Step> steps, IntConsumer starting, Consumer<String> trace) {
        this.steps = steps;
        this.starting = starting;
        this.trace = trace;
    }

    /** The script was sent: from now on a step may run. */
    void sent() {
        sent = true;
    }

    @Override
    public void starts(int step) {
        running = true;
        trace.accept("$ " + CommandText.of(steps.get(step)));
        starting.accept(step);
    }

    @Override
    public void ended(int step, StepResult result) {
        running = false;
        ended = step + 1;
        trace.accept("= " + result.exit());
    }

    /** The progress of steps that are counted from 0 and are those from this one on. */
    StepProgress from(int first) {
        return new StepProgress() {
            @Override
            public void starts(int step) {
                StepTracker.this.starts(first + step);
            }

            @Override
            public void ended(int step, StepResult result) {
                StepTracker.this.ended(first + step, result);
            }
        };
    }

    /** Continues a message such as "the connection was lost"; one line. */
    String position() {
        if (!sent) return "";
        if (ended == steps.size()) return " after the last step: " + CommandText.line(steps.getLast());
        String step = CommandText.line(steps.get(ended));
        return running ? " while a step ran: " + step : "; whether this step was begun is not known: " + step;
    }
}
