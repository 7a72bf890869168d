package org.linkctl.modules.freebsd.timer;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.HostTimer;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.hosttimers.TimerWant;
import org.linkctl.modules.hosttimers.Times;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Argv;
import org.linkctl.shell.ShellTemplate;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;
import org.linkctl.spi.Warns;

/**
 * Commands that cron(8) runs at certain times: a file in /etc/cron.d, a script that it runs, and a note of how its last run
 * ended, which whoever runs it may write.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class DeclaredTimerModule
        implements Remembered<TimerWant, DeclaredTimerModule.Facts>,
                Examined<TimerWant, DeclaredTimerModule.Facts>,
                Rendered<TimerWant, DeclaredTimerModule.Facts>,
                Warns<TimerWant, DeclaredTimerModule.Facts> {
    private static final ShellTemplate SCRIPT = ShellFile.of(DeclaredTimerModule.class, "run.sh");

    private static final Question.Command CRON = Question.command("service", "cron", "onestatus");

    private static final String NO_RUN = "none\n";

    /** The status that the last run ended with, and when. */
    private static final Pattern LAST_RUN = Pattern.compile("(?<status>[0-9]{1,3}) (?<when>[0-9T:+-]{10,30})\n");

    /**
     * What was found.
     *
     * @param note how the last run ended; null: there is no such file
     * @param writer whose the note is; null as that is
     * @param cron whether cron(8) runs
     * @param missing what the host lacks for the timer
     */
    public record Facts(
            @Nullable String table,
            @Nullable String script,
            @Nullable String note,
            @Nullable String writer,
            boolean cron,
            List<String> missing) {
        public Facts {
            missing = List.copyOf(missing);
        }
    }

    @Override
    public String name() {
        return "freebsd.timer";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    private static Question.ReadFile table(TimerWant want) {
        return Question.file("/etc/cron.d/" + want.unit());
    }

    private static Question.ReadFile script(TimerWant want) {
        return Question.file("/usr/local/lib/linkctl/timer-" + want.name());
    }

    private static Question.ReadFile note(TimerWant want) {
        return Question.file("/var/db/linkctl/timers/" + want.name());
    }

    private static Question.Command writer(TimerWant want) {
        return Question.command("stat", "-f", "%Su", note(want).path());
    }

    /** Its output goes to the system's log: cron(8) has nothing to mail. */
    private static String tableText(TimerWant want, HostTimer timer) {
        StringBuilder out = new StringBuilder(OurFiles.MARK)
                .append("\nSHELL=/bin/sh\nPATH=")
                .append(TimerWant.PATH)
                .append("\nMAILTO=\"\"\n");
        for (String times : Times.crontab(timer))
            out.append(times)
                    .append(' ')
                    .append(timer.user())
                    .append(' ')
                    .append(script(want).path())
                    .append('\n');
        return out.toString();
    }

    private static String scriptText(TimerWant want, HostTimer timer) {
        return SCRIPT.lines("MARK", List.of(OurFiles.MARK))
                .word("NOTE", note(want).path())
                .words("COMMAND", timer.command())
                .word("TAG", want.unit())
                .text();
    }

    @Override
    public List<TimerWant> want(Scope scope) {
        return TimerWant.all(scope);
    }

    @Override
    public List<Question<?>> probe(TimerWant want) {
        List<Question<?>> out = new ArrayList<>(List.of(table(want), script(want), note(want), writer(want)));
        if (want.declared() != null) out.add(CRON);
        out.addAll(want.asked());
        return out;
    }

    @Override
    public Facts facts(TimerWant want, Answers answers) {
        String note = answers.to(note(want)).orElse(null);
        return new Facts(
                answers.to(table(want)).orElse(null),
                answers.to(script(want)).orElse(null),
                note,
                note == null ? null : owner(answers.stdout(writer(want))),
                want.declared() == null || cron(answers.to(CRON)),
                want.missing(answers));
    }

    private static String owner(String said) {
        String name = said.strip();
        if (!name.matches("[A-Za-z0-9_.-]{1,40}")) throw new UnreadableFacts("stat: no owner");
        return name;
    }

    /** rc.subr(8): 0 and a process id, or 1. */
    private static boolean cron(Answer.Output said) {
        String all = said.stdout() + said.stderr();
        if (said.ok() && all.contains("is running as pid")) return true;
        if (said.exit() == 1 && all.contains("is not running")) return false;
        throw new UnreadableFacts("service cron onestatus ended with " + said.exit() + ": " + all.strip());
    }

    @Override
    public Facts bare(TimerWant want) {
        return new Facts(null, null, null, null, true, List.of());
    }

    @Override
    public List<Change> diff(TimerWant want, Facts have) {
        want.refuse(have.missing());
        List<Change> out = new ArrayList<>();
        HostTimer timer = want.declared();
        String note = note(want).path();
        if (timer == null) {
            OurFiles.diff(out, table(want).path(), have.table(), null);
            OurFiles.diff(out, script(want).path(), have.script(), null);
            OurFiles.diff(out, note, have.note(), null);
            return out;
        }
        if (have.note() == null) out.add(Change.file(note, null, NO_RUN));
        String writer = have.writer() == null ? HostTimer.USER : have.writer();
        if (!timer.user().equals(writer)) out.add(Change.state(note + " owner", have.writer(), timer.user()));
        OurFiles.diff(out, script(want).path(), have.script(), scriptText(want, timer));
        OurFiles.diff(out, table(want).path(), have.table(), tableText(want, timer));
        return out;
    }

    /** The table, by which cron(8) knows of it, is the last to come and the first to go. */
    @Override
    public List<Step> steps(TimerWant want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        String note = note(want).path();
        for (Change change : changes) {
            String after = change.after();
            if (change.kind() == Change.Kind.STATE) out.add(chown(note, have.writer(), String.valueOf(after)));
            else if (after == null) out.add(new Step.RemoveFile(change.subject()));
            else {
                boolean program = change.subject().equals(script(want).path());
                out.add(Step.put(change.subject(), program ? "0755" : "0644", after));
            }
        }
        return out;
    }

    private static Step chown(String path, @Nullable String before, String after) {
        Argv then = Argv.of("chown", "-h", after, path);
        return before == null ? Step.run(then) : Step.run(then, Argv.of("chown", "-h", before, path));
    }

    @Override
    public Optional<Memory> memory(TimerWant want, Facts have, Optional<Memory> before) {
        return want.declared() == null ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<TimerWant> absent(Scope scope, Owned owned) {
        return Optional.of(TimerWant.gone(scope, owned));
    }

    @Override
    public List<String> adopts(TimerWant want, Facts have) {
        return Stream.of(
                        OurFiles.foreign(table(want).path(), have.table()),
                        OurFiles.foreign(script(want).path(), have.script()))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public List<String> warnings(TimerWant want, Facts have) {
        if (have.cron()) return List.of();
        return List.of("cron does not run there, and so does timer " + want.name()
                + " not: declare service('cron', enabled: true, running: true)");
    }

    @Override
    public List<Finding> findings(TimerWant want, Facts have, Answers answers) {
        if (want.declared() == null) return List.of();
        String subject = "timer " + want.name();
        if (have.table() == null)
            return List.of(Finding.bad(subject, table(want).path() + " is not there"));
        if (!have.cron()) return List.of(Finding.bad(subject, "cron does not run: it is never run"));
        if (have.note() == null || have.note().equals(NO_RUN)) return List.of(Finding.good(subject, "has not run yet"));
        Matcher last = LAST_RUN.matcher(have.note());
        if (!last.matches()) throw new UnreadableFacts(note(want).path() + ": no note of a run");
        String when = last.group("when");
        if (last.group("status").equals("0")) return List.of(Finding.good(subject, "last run " + when + ", well"));
        // What a command of the user's says is no reason to undo a change: doubtful, and not bad.
        return List.of(Finding.doubtful(
                subject,
                "its last run failed (" + when + ", status " + last.group("status") + "): grep " + want.unit()
                        + " /var/log/cron"));
    }
}
