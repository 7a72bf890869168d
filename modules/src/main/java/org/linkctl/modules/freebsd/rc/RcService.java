package org.linkctl.modules.freebsd.rc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * A daemon with a script of rc(8). What it runs with is what its files said when it started: the file of its process id
 * was written then.
 *
 * @param newer those of its files that were written since
 */
public record RcService(boolean running, Set<String> newer) {
    public static final RcService NONE = new RcService(false, Set.of());

    public RcService {
        newer = Set.copyOf(newer);
    }

    private static Question.Command status(String name) {
        return Question.command("service", name, "onestatus");
    }

    /** find(1) leaves out what is not there, says so, and ends with 1. */
    private static Question.Command since(String name, List<String> files) {
        List<String> words = new ArrayList<>(List.of("find"));
        words.addAll(files);
        words.addAll(List.of("-newer", "/var/run/" + name + ".pid"));
        return Question.command(words);
    }

    public static List<Question<?>> questions(String name, List<String> files) {
        return List.of(status(name), since(name, files));
    }

    public static RcService read(String name, List<String> files, Answers answers) {
        if (!running(name, answers.to(status(name)))) return NONE;
        Answer.Output found = answers.to(since(name, files));
        Set<String> newer = new LinkedHashSet<>(found.stdout().lines().toList());
        if (found.exit() > 1 || !files.containsAll(newer)) {
            throw new UnreadableFacts("find: " + (found.stderr() + found.stdout()).strip());
        }
        return new RcService(true, newer);
    }

    /** rc.subr(8): 0 and a process id, or 1; service(8) has 1 also where there is no such script. */
    private static boolean running(String name, Answer.Output status) {
        String text = status.stdout().strip();
        if (status.ok() && text.startsWith(name + " is running as pid ")) return true;
        boolean stopped = text.equals(name + " is not running.");
        if (status.exit() == 1 && (stopped || (status.stdout() + status.stderr()).contains("does not exist in"))) {
            return false;
        }
        throw new UnreadableFacts("service " + name + ": " + (status.stderr() + text).strip());
    }

    private static Argv call(String name, String verb) {
        return Argv.of("service", name, verb);
    }

    /**
     * What is wrong with what runs.
     *
     * @param edited its files are going to change
     */
    public List<Change> diff(String name, boolean wanted, boolean edited) {
        if (!wanted) return running ? List.of(Change.state(name, "running", null)) : List.of();
        if (!running) return List.of(Change.state(name, "stopped", "running"));
        return edited || !newer.isEmpty()
                ? List.of(Change.state(name, "running, as it was before", "running, as in its files"))
                : List.of();
    }

    /** Starts it with its files as they are now. */
    public Step restart(String name) {
        Argv restart = call(name, "onerestart");
        return Step.run(restart, running ? restart : call(name, "onestop"));
    }

    /** rc(8)'s script is needed to stop it: this comes before that goes. */
    public static Step stop(String name) {
        return Step.run(call(name, "onestop"), call(name, "onestart"));
    }
}
