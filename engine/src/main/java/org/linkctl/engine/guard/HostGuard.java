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
import org.linkctl.engine.script.Shown;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * The guard on one host during one run. It holds what stood there before, and the way back; it goes that way by itself
 * once nobody has given a sign of life for as long as {@link Safety#confirmWithin} says, or the host was restarted.
 */
public final class HostGuard {
    private static final String TEXT = GuardProgram.text();

    /** A reason is an argument of a process, which others see: it is to be short. */
    private static final int LONGEST = 300;

    /** sysexits(3), EX_TEMPFAIL: somebody else is at work there. */
    private static final int HELD = 75;

    private final Connection connection;
    private final String host;
    private final String run;
    private final Safety safety;
    private final String home;
    private volatile int parts;
    private boolean there;
    private Touched touched = Touched.NOTHING;
    private String latest = "";
    private String taken = "";

    public HostGuard(Connection connection, String host, String run, Safety safety) {
        this.connection = connection;
        this.host = host;
        this.run = run;
        this.safety = safety;
        this.home = safety.home(host);
    }

    /** Whether anything was armed here, so that it has to be confirmed or undone. */
    public boolean armed() {
        return parts > 0;
    }

    /**
     * Takes the host's lock.
     *
     * @return who has it; empty where it is taken now
     * @throws GuardFailure where the host does not let linkctl keep anything
     */
    public Optional<String> lock() {
        List<Step> steps = new ArrayList<>(List.of(guard("lock", run, who())));
        if (!there) steps.addFirst(Step.put(home + "/guard", "0700", TEXT));
        StepResult result = last(steps);
        there = true;
        if (result.exit() == HELD) return Optional.of(result.output());
        require(result, "take the lock");
        List<String> said = result.output().lines().toList();
        latest = said.isEmpty() ? "" : said.getFirst();
        taken = said.size() < 2 ? "" : said.get(1);
        return Optional.empty();
    }

    /** Of whom the lock was taken, since nothing was heard of him any more; empty where it was nobody's. */
    public Optional<String> taken() {
        return taken.isEmpty() ? Optional.empty() : Optional.of(taken);
    }

    /** Whether another run was here since these answers were given, or the last one was undone. */
    public boolean movedSince(Answers answers) {
        String known = past(safety, host, answers).stream()
                .filter(one -> !one.idle())
                .map(past -> past.id() + " " + past.state())
                .findFirst()
                .orElse("");
        return !known.equals(latest);
    }

    public void unlock() {
        require(last(List.of(guard("unlock", run))), "release the lock");
    }

    /**
     * Before the first of these steps: saves what they touch, and from then on waits for signs of life.
     *
     * @param what they change that is not this host's alone
     */
    public void arm(List<Step> steps, Touched what) {
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

    /** The step that goes before those of one resource, in one script with them. */
    public Step beginning() {
        return guard("begin", run);
    }

    /** The same for steps that are not guarded: it fails where the host has become another run's. */
    public Step owning() {
        return guard("own", run);
    }

    /**
     * A sign of life, also while a step runs: the lock stays this run's, and the host waits on.
     *
     * @return false: there is nothing any more that would wait for it
     */
    public boolean alive() {
        return connection.beside(guard("alive", run)).ok();
    }

    public void confirm() {
        require(last(List.of(guard("confirm", run))), "confirm the change");
    }

    /** Has the host undo what was done; it does so after this has ended. */
    public void fire(String why) {
        require(last(List.of(guard("fire", run, line(why)))), "undo the change");
    }

    /**
     * Has the host undo this run, which was confirmed.
     *
     * @param owner the run that has the lock now
     */
    public void revert(String owner, String why) {
        require(last(List.of(guard("revert", owner, run, line(why)))), "undo run " + run);
    }

    /** Asks for the runs that changed a host. */
    public static Question.Command question(Safety safety, String host) {
        return Question.command("sh", safety.home(host) + "/guard", "status");
    }

    /** The runs that changed a host, the last one first; none where linkctl never changed it. */
    public static List<PastRun> past(Safety safety, String host, Answers answers) {
        return answers.byQuestion().get(question(safety, host)) instanceof Answer.Output said && said.ok()
                ? PastRun.read(said.stdout())
                : List.of();
    }

    /** What the host says of this run. */
    public Optional<PastRun> present() {
        return past(safety, host, connection.ask(List.of(question(safety, host)))).stream()
                .filter(one -> one.id().equals(run))
                .findFirst();
    }

    /** Waits until the host has undone the run; empty where it does not say so in that time. */
    public Optional<PastRun> undone(Duration within) {
        long end = System.nanoTime() + within.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
            try {
                connection.renew(left);
                Optional<PastRun> now = present();
                if (now.isEmpty() || !now.get().waits()) return now;
            } catch (Unreachable e) {
                if (System.nanoTime() >= end) return Optional.empty();
            }
            if (System.nanoTime() >= end || Thread.currentThread().isInterrupted()) return Optional.empty();
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        }
    }

    /** It was said that the run was undone. */
    public void told(String past) {
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
        // What it touches is kept whole: it is read again.
        all.putAll(touched.about());
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** What is done, ready to be read; what is hidden stays hidden. */
    private static String shown(List<Step> steps) {
        return steps.stream().map(step -> Shown.of(step) + "\n").collect(Collectors.joining());
    }

    private static String line(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
