package org.linkctl.cli.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.linkctl.cli.io.Terminal;
import org.linkctl.cli.io.Terminal.Stream;
import org.linkctl.cli.show.OutcomeLabel;
import org.linkctl.cli.show.Paint;
import org.linkctl.cli.show.StepText;
import org.linkctl.engine.Events;
import org.linkctl.engine.Health;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.model.Host;
import org.linkctl.shell.Step;

/**
 * Shows progress on standard error. On a terminal a single line at the bottom is rewritten; elsewhere each step is a
 * line that begins with its host. Thread-safe.
 */
public final class ProgressDisplay implements Events {
    /** Returns to the start of the line and erases it (ECMA-48, EL). */
    private static final String ERASE = "\r\u001b[2K";

    private final Terminal terminal;
    private final Paint paint;
    private final int verbosity;
    private final boolean live;
    private final String part;
    private final Map<String, String> busy = new TreeMap<>();
    private final Map<String, Count> counts = new TreeMap<>();
    private String task = "";
    private boolean paused;
    private volatile BiConsumer<Host, Outcome> plans = (host, outcome) -> {};
    private volatile BiConsumer<Host, Health> healths = (host, health) -> {};
    private boolean shown;
    private boolean silent;

    /**
     * How many steps of a host are done. Steps come in batches, each counted from 1; the display goes on counting.
     *
     * @param before the steps of former batches
     * @param done the steps of this batch
     * @param of the size of this batch
     * @param planned the steps known at first
     */
    private record Count(int before, int done, int of, int planned) {
        Count next(int number, int batch) {
            boolean again = number <= done || batch != of;
            return new Count(again ? before + done : before, number, batch, planned);
        }

        String text() {
            return (before + done) + "/" + Math.max(planned, before + of);
        }
    }

    /** @param part the name of the demo's part that this command is; empty: none */
    ProgressDisplay(Terminal terminal, Paint paint, int verbosity, String part) {
        this.part = part;
        this.terminal = terminal;
        this.paint = paint;
        this.verbosity = verbosity;
        this.live = terminal.is(Stream.ERR)
                && !terminal.environment().getOrDefault("TERM", "dumb").equals("dumb");
    }

    @Override
    public synchronized void connecting(Host host) {
        doing(host, "connecting");
    }

    @Override
    public synchronized void probing(Host host, int questions) {
        doing(host, "reading its state");
    }

    @Override
    public synchronized void planned(Host host, HostPlan plan) {
        int steps = plan.items().stream().mapToInt(item -> item.steps().size()).sum();
        counts.put(host.name(), new Count(0, 0, 0, steps));
        busy.remove(host.name());
        draw();
    }

    @Override
    public synchronized void step(Host host, Step step, int number, int of) {
        Count count = counts.getOrDefault(host.name(), new Count(0, 0, 0, 0)).next(number, of);
        counts.put(host.name(), count);
        String at = count.text();
        doing(host, "step " + at);
        if (!live || verbosity > 0) line(host.name() + ": " + at + "  " + StepText.passing(step));
    }

    @Override
    public synchronized void ended(Host host, Outcome outcome) {
        busy.remove(host.name());
        if (outcome instanceof Outcome.WouldChange) draw();
        else line(host.name() + ": " + OutcomeLabel.of(outcome));
    }

    @Override
    public synchronized void notice(Host host, String text) {
        line(host.name() + ": " + text);
    }

    @Override
    public synchronized void trace(Host host, String text) {
        if (verbosity < 1) return;
        text.lines().forEach(one -> line(host.name() + "| " + one));
    }

    @Override
    public void known(Host host, Outcome outcome) {
        aside(() -> plans.accept(host, outcome));
    }

    @Override
    public void known(Host host, Health health) {
        aside(() -> healths.accept(host, health));
    }

    /** Results go to the standard output while others are waited for. Whoever reads them slowly holds up no host. */
    private void aside(Runnable output) {
        if (!pausing(true)) return;
        try {
            output.run();
        } finally {
            pausing(false);
        }
    }

    /** Whether anything is to be shown still. */
    private synchronized boolean pausing(boolean pause) {
        paused = pause;
        if (pause) erase();
        else draw();
        terminal.err().flush();
        return !silent;
    }

    /** Has what a plan says of a host shown as soon as it is known. */
    void plans(BiConsumer<Host, Outcome> show) {
        plans = show;
    }

    /** The same of a check of health. */
    void healths(BiConsumer<Host, Health> show) {
        healths = show;
    }

    private void doing(Host host, String what) {
        busy.put(host.name(), what);
        draw();
    }

    /** Prints a line that stays. */
    private void line(String text) {
        if (silent) return;
        erase();
        terminal.err().println(paint.aside(text));
        terminal.err().flush();
        draw();
    }

    private void draw() {
        if (!live || silent || paused) return;
        erase();
        if (!busy.isEmpty() || !task.isEmpty()) {
            terminal.err().print(status());
            shown = true;
        }
        terminal.err().flush();
    }

    private String status() {
        List<String> what = new ArrayList<>();
        if (!task.isEmpty()) what.add(task);
        busy.forEach((host, doing) -> what.add(host + " " + doing));
        String hosts = busy.size() < 2 ? "" : "[" + busy.size() + "] ";
        String out = (part.isEmpty() ? "" : part + ": ") + hosts + String.join(", ", what);
        int room = terminal.width() - 1;
        return out.length() <= room ? out : out.substring(0, room - 3) + "...";
    }

    /** Shows a task that concerns no host; empty: it has ended. */
    synchronized void task(String text) {
        task = text;
        draw();
    }

    private void erase() {
        if (shown) terminal.err().print(ERASE);
        shown = false;
    }

    /** Removes the progress line until the next event. */
    synchronized void clear() {
        busy.clear();
        task = "";
        erase();
        terminal.err().flush();
    }

    /** Prints a last line; nothing more is shown afterwards. */
    synchronized void end(String text) {
        clear();
        if (silent) return;
        terminal.err().println(text);
        terminal.err().flush();
        silent = true;
    }

    /** Shows no progress while the user is asked for something. */
    synchronized <T> T paused(Supplier<T> question) {
        erase();
        terminal.err().flush();
        return question.get();
    }
}
