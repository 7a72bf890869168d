package org.linkctl.cli.playbook;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.cli.context.EventOutput;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.show.ActionText;
import org.linkctl.cli.show.EventJson;
import org.linkctl.cli.show.StepReport;
import org.linkctl.model.Fabric;
import org.linkctl.plan.Way;
import org.linkctl.playbook.Action;
import org.linkctl.playbook.Playbook;
import org.linkctl.playbook.Task;

/** Writes what a playbook does for a program that follows it. */
record PlaybookEvents(EventOutput out) {
    /** 128 and the number of SIGINT (docs/commands.md). */
    private static final int INTERRUPTED = 130;

    private void write(EventJson event) {
        out.write(event::line);
    }

    /** @param interrupted writes how it ends where Ctrl-C ends it */
    void started(Playbook playbook, Fabric fabric, String run, int from, Runnable interrupted) {
        out.begin(interrupted);
        write(EventJson.first("playbook-started")
                .with("run", run)
                .with("playbook", playbook.name())
                .with("fabric", fabric.name())
                .with("steps", playbook.tasks().size())
                .with("from", from));
    }

    void stepStarted(Task task) {
        write(EventJson.of("step-started")
                .with("number", task.number())
                .with("title", task.title())
                .with("step", ActionText.word(task.action()))
                .with("hosts", ActionText.hosts(task.action()))
                .with("what", ActionText.what(task.action())));
    }

    void stepEnded(Task task, StepReport report) {
        write(EventJson.of("step-ended")
                .with("number", task.number())
                .with("step", ActionText.word(task.action()))
                .with("outcome", report.outcome().name().toLowerCase(Locale.ROOT))
                .with("why", report.why())
                .with("seconds", report.seconds()));
    }

    /** @param marks by host, the paths that were taken out of service there, or put back */
    void drained(boolean drained, Way way, Map<String, Set<String>> marks) {
        Set<String> paths = new TreeSet<>();
        marks.values().forEach(paths::addAll);
        if (paths.isEmpty()) return;
        write(EventJson.of(drained ? "drained" : "undrained")
                .with("name", way.name())
                .with("hosts", new TreeSet<>(marks.keySet()))
                .with("paths", paths));
    }

    /** What no step has put back is put back at the end. */
    void puttingBack(Way way) {
        write(EventJson.of("putting-back").with("name", way.name()));
    }

    void outage(Action.Watch watch, Outages.Met met) {
        EventJson event = EventJson.of("pings")
                .with("name", watch.name())
                .with("from", watch.from().name())
                .with("sent", met.ping().sent())
                .with("lost", met.ping().lost())
                .with("longestSeconds", met.ping().seconds());
        TcpResult tcp = met.tcp();
        if (!tcp.isNone())
            event.with("tcpConnections", tcp.connections())
                    .with("tcpLongestSeconds", tcp.seconds())
                    .with("tcpHit", tcp.hit());
        write(event);
    }

    void ended(int status, String why, long done, List<String> drained, Optional<Integer> resume) {
        ended(status == ExitStatus.OK ? "done" : "failed", status, why, done, drained, resume);
        out.end();
    }

    /** @param where it was; empty: no step was under way */
    void interrupted(String where, long done, List<String> drained) {
        ended("interrupted", INTERRUPTED, where, done, drained, Optional.empty());
    }

    private void ended(
            String outcome, int status, String why, long done, List<String> drained, Optional<Integer> resume) {
        EventJson event = EventJson.of("playbook-ended")
                .with("outcome", outcome)
                .with("status", status)
                .with("why", why.isEmpty() ? null : why)
                .with("done", (int) done)
                .with("drained", drained);
        resume.ifPresent(step -> event.with("resumeFrom", step));
        write(event);
    }
}
