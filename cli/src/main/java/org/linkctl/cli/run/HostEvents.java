package org.linkctl.cli.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.context.EventOutput;
import org.linkctl.cli.show.ChangeCounts;
import org.linkctl.cli.show.EventJson;
import org.linkctl.cli.show.OutcomeLabel;
import org.linkctl.engine.Events;
import org.linkctl.engine.Health;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.shell.Step;

/**
 * Writes what happens on hosts for a program that follows the run, and passes it on to the display. Thread-safe: what is kept
 * here is used with the output locked, which calls back at Ctrl-C.
 */
final class HostEvents implements Events {
    private final EventOutput out;
    private final Events shown;
    private final Map<String, Outcome> outcomes = new TreeMap<>();
    private final Map<String, String> told = new HashMap<>();
    private final Set<String> started = new HashSet<>();

    HostEvents(EventOutput out, Events shown) {
        this.out = out;
        this.shown = shown;
    }

    private void write(EventJson event) {
        out.write(event::line);
    }

    private void write(String event, Host host) {
        write(EventJson.of(event).with("host", host.name()));
    }

    /**
     * A run begins: it looks at hosts, and may change them.
     *
     * @param interrupted why it does not go to its end where Ctrl-C ends it
     */
    void begin(String run, Fabric fabric, Supplier<String> interrupted) {
        synchronized (out) {
            outcomes.clear();
            told.clear();
            started.clear();
            out.begin(() -> ended(run, interrupted.get()));
            write(EventJson.first("run-started").with("run", run).with("fabric", fabric.name()));
        }
    }

    /** @param why it did not go to its end; null: it did */
    void end(String run, @Nullable String why) {
        synchronized (out) {
            ended(run, why);
            out.end();
        }
    }

    private void ended(String run, @Nullable String why) {
        Map<String, Integer> counts = new TreeMap<>();
        outcomes.values().forEach(one -> counts.merge(OutcomeLabel.name(one), 1, Integer::sum));
        write(EventJson.of("run-ended").with("run", run).with("hosts", counts).with("why", why));
    }

    @Override
    public void connecting(Host host) {
        write("host-connecting", host);
        shown.connecting(host);
    }

    @Override
    public void probing(Host host, int questions) {
        shown.probing(host, questions);
    }

    @Override
    public void known(Host host, Outcome outcome) {
        shown.known(host, outcome);
    }

    @Override
    public void known(Host host, Health health) {
        shown.known(host, health);
    }

    @Override
    public void planned(Host host, HostPlan plan) {
        shown.planned(host, plan);
    }

    @Override
    public void step(Host host, Step step, int number, int of) {
        shown.step(host, step, number, of);
    }

    @Override
    public void itemStarted(Host host, HostPlan.Item item) {
        begun(host);
        write(item("item-started", host, item).with("changes", item.changes().size()));
        shown.itemStarted(host, item);
    }

    private void begun(Host host) {
        synchronized (out) {
            if (started.add(host.name())) write("host-started", host);
        }
    }

    private static EventJson item(String event, Host host, HostPlan.Item item) {
        return EventJson.of(event)
                .with("host", host.name())
                .with("item", item.resource())
                .with("module", item.module());
    }

    @Override
    public void itemEnded(Host host, HostPlan.Item item, boolean good) {
        write(item(good ? "item-changed" : "item-failed", host, item));
        shown.itemEnded(host, item, good);
    }

    @Override
    public void confirmed(Host host) {
        write("host-confirmed", host);
        shown.confirmed(host);
    }

    @Override
    public void rollingBack(Host host, String why) {
        write(EventJson.of("host-rolling-back").with("host", host.name()).with("why", why));
        shown.rollingBack(host, why);
    }

    @Override
    public void ended(Host host, Outcome outcome) {
        synchronized (out) {
            outcome(host, outcome);
        }
        shown.ended(host, outcome);
    }

    /** What was planned for a host is told once, though it is looked at again behind its lock. */
    private void outcome(Host host, Outcome outcome) {
        outcomes.put(host.name(), outcome);
        boolean plans = outcome instanceof Outcome.WouldChange;
        EventJson event = EventJson.of(plans ? "host-planned" : "host-ended").with("host", host.name());
        String tells = OutcomeLabel.name(outcome);
        if (outcome instanceof Outcome.WouldChange) {
            ChangeCounts counts = ChangeCounts.of(List.of(outcome));
            event.with("add", counts.add()).with("change", counts.change()).with("remove", counts.remove());
            event.with("cutsTraffic", counts.cuts());
            tells = counts.toString();
        } else {
            String why = why(outcome);
            event.with("outcome", tells).with("why", why);
            tells += why;
        }
        if (!tells.equals(told.put(host.name(), tells))) write(event);
    }

    /** Of a step that failed its first line: what it would have put into a file follows. */
    private static @Nullable String why(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed
                ? failed.step().lines().findFirst().orElse("")
                : OutcomeLabel.why(outcome);
    }

    @Override
    public void notice(Host host, String text) {
        write(EventJson.of("host-notice").with("host", host.name()).with("text", text));
        shown.notice(host, text);
    }

    @Override
    public void trace(Host host, String text) {
        shown.trace(host, text);
    }
}
