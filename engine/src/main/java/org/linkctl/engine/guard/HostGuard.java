package org.linkctl.engine.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.linkctl.engine.Connection;
import org.linkctl.engine.Safety;
import org.linkctl.engine.StepResult;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.script.CommandText;
import org.linkctl.engine.script.GuardCheck;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * The guard on one host during one run. The host keeps copies of what a run changes; it restores them by itself when no
 * keepalive has come for {@link Safety#confirmWithin}, or when it was rebooted before the run was confirmed.
 */
public final class HostGuard {
    private static final String TEXT = GuardProgram.text();

    /** The most characters of a reason: it is an argument of a process, which other users see. */
    private static final int LONGEST = 300;

    /** EX_TEMPFAIL of sysexits(3): another run holds the lock. */
    private static final int HELD = 75;

    private final Connection connection;
    private final String host;
    private final String run;
    private final Safety safety;
    private final String home;
    private volatile int parts;
    private boolean there;
    /** Whether steps were given out, which may have put files in place. */
    private volatile boolean changed;
    /** Whether the lock is this run's, as far as is known. */
    private volatile boolean held;

    private SharedChanges touched = SharedChanges.NOTHING;
    private String latest = "";
    private String formerHolder = "";

    public HostGuard(Connection connection, String host, String run, Safety safety) {
        this.connection = connection;
        this.host = host;
        this.run = run;
        this.safety = safety;
        this.home = safety.home(host);
    }

    /** Whether this run has armed the guard, so that it has to be confirmed or undone. */
    public boolean armed() {
        return parts > 0;
    }

    /**
     * Takes the host's lock.
     *
     * @return who holds it; empty: it is taken now
     * @throws GuardFailure where the guard cannot be installed on the host
     */
    public Optional<String> lock() {
        List<Step> steps = new ArrayList<>(List.of(guard("lock", run, who())));
        if (!there) steps.addFirst(Step.put(home + "/guard", "0700", TEXT));
        StepResult result = last(steps);
        there = true;
        if (result.exit() == HELD) return Optional.of(result.output());
        require(result, "take the lock");
        held = true;
        List<String> said = result.output().lines().toList();
        latest = said.isEmpty() ? "" : said.getFirst();
        formerHolder = said.size() < 2 ? "" : said.get(1);
        return Optional.empty();
    }

    /**
     * Who held the lock before, where it was taken over since its holder sent no keepalives any more; empty otherwise.
     */
    public Optional<String> takenOverFrom() {
        return formerHolder.isEmpty() ? Optional.empty() : Optional.of(formerHolder);
    }

    /** Whether another run has changed the host since these answers, or the last run was undone. */
    public boolean changedSince(Answers answers) {
        String known = pastRuns(safety, host, answers).stream()
                .filter(one -> !one.neverArmed())
                .map(past -> past.id() + " " + past.state())
                .findFirst()
                .orElse("");
        return !known.equals(latest);
    }

    /** Releases the lock, unless the host has done so when the change was confirmed. */
    public void unlock() {
        if (!held) return;
        Step step = changed ? guard("unlock", run, "changed") : guard("unlock", run);
        require(last(List.of(step)), "release the lock");
    }

    /**
     * Saves what these steps change, and starts the countdown to the undo. Called before the first of them.
     *
     * @param what they change that concerns other hosts too
     */
    public void arm(List<Step> steps, SharedChanges what) {
        touched = touched.and(what);
        String folder = home + "/runs/" + run;
        int part = parts + 1;
        List<Step> out = new ArrayList<>();
        out.add(Step.put(folder + "/about", "0600", about()));
        out.add(Step.put(folder + "/undo." + part, "0600", UndoList.of(steps)));
        out.add(Step.put(folder + "/steps." + part, "0600", shown(steps)));
        out.add(guard(
                "arm",
                run,
                Integer.toString(part),
                Long.toString(safety.confirmWithin().toSeconds())));
        parts = part;
        require(last(out), "arm the guard");
    }

    /** The step that precedes those of one resource, in the same script. */
    public Step beginStep() {
        changed = true;
        return new GuardCheck(home, GuardCheck.Command.BEGIN, run).step();
    }

    /** The same for steps that are not guarded: it fails where the lock has passed to another run. */
    public Step ownershipStep() {
        changed = true;
        return new GuardCheck(home, GuardCheck.Command.OWN, run).step();
    }

    /**
     * Sends a keepalive, also while a step runs: the lock stays this run's, and the countdown starts again.
     *
     * @return false: there is nothing any more that waits for keepalives
     */
    public boolean keepAlive() {
        return connection.runBeside(guard("alive", run)).ok();
    }

    public void confirm() {
        require(last(List.of(guard("confirm", run))), "confirm the change");
        changed = false;
        held = false;
    }

    /** Has the host undo the change; it does so in the background after this has returned. */
    public void triggerUndo(String why) {
        require(last(List.of(guard("fire", run, line(why)))), "undo the change");
    }

    /**
     * Has the host undo this run, which was confirmed before.
     *
     * @param owner the run that holds the lock now
     */
    public void revert(String owner, String why) {
        require(last(List.of(guard("revert", owner, run, line(why)))), "undo run " + run);
    }

    /** The question for the runs that changed a host. */
    public static Question<?> question(Safety safety, String host) {
        return Question.command("sh", safety.home(host) + "/guard", "status");
    }

    /** The runs that changed a host, the latest first; none where linkctl never changed it. */
    public static List<PastRun> pastRuns(Safety safety, String host, Answers answers) {
        return answers.byQuestion().get(question(safety, host)) instanceof Answer.Output said && said.ok()
                ? PastRun.read(said.stdout())
                : List.of();
    }

    /** This run as the host has recorded it. */
    public Optional<PastRun> thisRun() {
        return pastRuns(safety, host, connection.ask(List.of(question(safety, host)))).stream()
                .filter(one -> one.id().equals(run))
                .findFirst();
    }

    /** Waits until the host has undone the run; empty where it does not report that in time. */
    public Optional<PastRun> undone(Duration within) {
        long end = System.nanoTime() + within.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
            try {
                connection.reconnect(left);
                Optional<PastRun> now = thisRun();
                if (now.isEmpty() || !now.get().pending()) return now;
            } catch (Unreachable e) {
                if (System.nanoTime() >= end) return Optional.empty();
            }
            if (System.nanoTime() >= end || Thread.currentThread().isInterrupted()) return Optional.empty();
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
    }

    /** Records on the host that the user was told of the undo of this run. */
    public void markReported(String past) {
        require(last(List.of(guard("told", past))), "note that");
    }

    private StepResult last(List<Step> steps) {
        return connection.run(steps, _ -> {}).getLast();
    }

    private Step guard(String... words) {
        List<String> all = new ArrayList<>(List.of("sh", home + "/guard"));
        all.addAll(List.of(words));
        return Step.run(new Argv(all));
    }

    private static void require(StepResult result, String what) {
        if (!result.ok()) throw new GuardFailure("the host's guard could not " + what + ": " + result.output());
    }

    private String who() {
        Map<String, String> about = safety.about();
        return line(about.getOrDefault("who", "somebody") + " since " + about.getOrDefault("started", "some time")
                + " from " + about.getOrDefault("from", "somewhere"));
    }

    private String about() {
        Map<String, String> all = new TreeMap<>();
        safety.about().forEach((key, value) -> all.put(key, line(value)));
        // Paths and partners are not shortened: they are read again.
        all.putAll(touched.about());
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** The steps as text, without secrets. */
    private static String shown(List<Step> steps) {
        return steps.stream().map(step -> CommandText.of(step) + "\n").collect(Collectors.joining());
    }

    private static String line(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
