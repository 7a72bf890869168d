package org.linkctl.engine.ssh;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.linkctl.engine.StepResult;
import org.linkctl.engine.script.Progress;
import org.linkctl.engine.script.Shown;
import org.linkctl.shell.Step;

/** How far a list of steps came, for whoever watches and for what is said when the way is lost. */
final class HowFar implements Progress {
    private final List<Step> steps;
    private final IntConsumer starting;
    private final Consumer<String> trace;
    private boolean sent;
    private int ended;
    private boolean running;

    HowFar(List<Step> steps, IntConsumer starting, Consumer<String> trace) {
        this.steps = steps;
        this.starting = starting;
        this.trace = trace;
    }

    /** From now on a step may run. */
    void sent() {
        sent = true;
    }

    @Override
    public void starts(int step) {
        running = true;
        trace.accept("$ " + Shown.of(steps.get(step)));
        starting.accept(step);
    }

    @Override
    public void ended(int step, StepResult result) {
        running = false;
        ended = step + 1;
        trace.accept("= " + result.exit());
    }

    /** Continues "the connection was lost"; one line. */
    String words() {
        if (!sent) return "";
        if (ended == steps.size()) return " after the last step: " + Shown.line(steps.getLast());
        String step = Shown.line(steps.get(ended));
        return running ? " while a step ran: " + step : "; whether this step was begun is not known: " + step;
    }
}
