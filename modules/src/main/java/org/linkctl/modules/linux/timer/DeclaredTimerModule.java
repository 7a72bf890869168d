package org.linkctl.modules.linux.timer;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.hosttimers.TimerWant;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
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

/** Commands that systemd runs at certain times: a timer and the service that it starts. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class DeclaredTimerModule
        implements Remembered<TimerWant, DeclaredTimerModule.Facts>,
                Examined<TimerWant, DeclaredTimerModule.Facts>,
                Rendered<TimerWant, DeclaredTimerModule.Facts> {
    private static final String NONE = "not-found";

    /**
     * What was found.
     *
     * @param texts of the two units, by path
     * @param missing what the host lacks for it
     */
    public record Facts(Map<String, String> texts, UnitState timer, UnitState service, List<String> missing) {
        public Facts {
            texts = Map.copyOf(texts);
            missing = List.copyOf(missing);
        }

        private @Nullable String text(String unit) {
            return texts.get(UnitState.path(unit));
        }
    }

    @Override
    public String name() {
        return "linux.timer";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    private static String timer(TimerWant want) {
        return want.unit() + ".timer";
    }

    private static String service(TimerWant want) {
        return want.unit() + ".service";
    }

    private static List<String> units(TimerWant want) {
        return List.of(service(want), timer(want));
    }

    private static @Nullable String text(TimerWant want, String unit) {
        if (want.declared() == null) return null;
        return unit.equals(timer(want))
                ? TimerUnits.timer(want.declared())
                : TimerUnits.service(want.declared(), want.unit());
    }

    @Override
    public List<TimerWant> want(Scope scope) {
        return TimerWant.all(scope);
    }

    @Override
    public List<Question<?>> probe(TimerWant want) {
        List<Question<?>> out = new ArrayList<>();
        for (String unit : units(want)) {
            out.add(UnitState.file(unit));
            out.add(UnitState.question(unit));
        }
        out.addAll(want.asked());
        return out;
    }

    @Override
    public Facts facts(TimerWant want, Answers answers) {
        Map<String, String> texts = new HashMap<>();
        for (String unit : units(want))
            answers.to(UnitState.file(unit)).ifPresent(text -> texts.put(UnitState.path(unit), text));
        return new Facts(
                texts,
                UnitState.read(timer(want), answers),
                UnitState.read(service(want), answers),
                want.missing(answers));
    }

    @Override
    public Facts bare(TimerWant want) {
        return new Facts(Map.of(), UnitState.NONE, UnitState.NONE, List.of());
    }

    @Override
    public List<Change> diff(TimerWant want, Facts have) {
        want.refuse(have.missing());
        List<Change> out = new ArrayList<>();
        for (String unit : units(want)) OurFiles.diff(out, UnitState.path(unit), have.text(unit), text(want, unit));
        boolean edited = isEdited(out, want);
        UnitState state = have.timer();
        String timer = timer(want);
        if (want.declared() == null) {
            if (state.isActive() || !state.atBoot().equals(NONE))
                out.add(Change.state(timer, state.active() + ", " + state.atBoot() + " at boot", null));
            if (have.service().active().equals("failed")) out.add(Change.state(service(want), "failed", null));
            return out;
        }
        if (!state.isEnabled())
            out.add(Change.state(timer + " at boot", state.atBoot().equals(NONE) ? null : state.atBoot(), "enabled"));
        if (!state.isActive())
            out.add(Change.state(timer, state.atBoot().equals(NONE) ? null : state.active(), "active"));
        else if (edited || state.outdated())
            out.add(Change.state(timer, "active, as it was before", "active, as in its file"));
        if (have.service().outdated()) out.add(Change.state(service(want), "as it was before", "as in its file"));
        return out;
    }

    /** Whether the file of the timer itself is changed. */
    private static boolean isEdited(List<Change> changes, TimerWant want) {
        return changes.stream().anyMatch(change -> change.is(Change.Kind.FILE, UnitState.path(timer(want))));
    }

    @Override
    public List<Step> steps(TimerWant want, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        return want.declared() == null ? removing(want, have, changes) : making(want, have, changes);
    }

    private static List<Step> making(TimerWant want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        String timer = timer(want);
        boolean unread = have.timer().outdated() || have.service().outdated();
        for (Change change : changes) {
            String after = change.after();
            if (change.kind() != Change.Kind.FILE || after == null) continue;
            out.add(Step.put(change.subject(), "0644", after));
            unread = true;
        }
        if (unread) out.add(Step.run(UnitState.RELOAD, UnitState.RELOAD));
        if (has(changes, timer + " at boot"))
            out.add(Step.run(Argv.of("systemctl", "enable", timer), Argv.of("systemctl", "disable", timer)));
        Argv restart = Argv.of("systemctl", "restart", timer);
        if (has(changes, timer))
            out.add(
                    have.timer().isActive()
                            ? Step.run(restart, UnitState.RELOAD, restart)
                            : Step.run(restart, Argv.of("systemctl", "stop", timer)));
        return out;
    }

    /** A run that goes on comes to its end. */
    private static List<Step> removing(TimerWant want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        UnitState state = have.timer();
        if (has(changes, timer(want)))
            out.add(new Step.Run(
                    Argv.of("systemctl", "disable", "--now", timer(want)),
                    UnitState.restore(timer(want), state.active(), state.atBoot())));
        if (has(changes, service(want))) out.add(Step.run("systemctl", "reset-failed", service(want)));
        for (Change change : changes) {
            if (change.kind() == Change.Kind.FILE) out.add(new Step.RemoveFile(change.subject()));
        }
        out.add(Step.run(UnitState.RELOAD, UnitState.RELOAD));
        return out;
    }

    private static boolean has(List<Change> changes, String subject) {
        return changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, subject));
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
        return units(want).stream()
                .flatMap(unit -> OurFiles.foreign(UnitState.path(unit), have.text(unit)).stream())
                .toList();
    }

    private static Question.Command lastRun(TimerWant want) {
        return Question.command(
                "systemctl", "show", "--property=Result,ExecMainStatus,ExecMainExitTimestamp", service(want));
    }

    private static Question.Command nextRun(TimerWant want) {
        return Question.command("systemctl", "show", "--property=NextElapseUSecRealtime", timer(want));
    }

    @Override
    public List<Question<?>> examine(TimerWant want) {
        return want.declared() == null ? List.of() : List.of(lastRun(want), nextRun(want));
    }

    @Override
    public List<Finding> findings(TimerWant want, Facts have, Answers answers) {
        if (want.declared() == null) return List.of();
        String subject = "timer " + want.name();
        if (!have.timer().isActive())
            return List.of(
                    Finding.bad(subject, timer(want) + " is " + have.timer().active() + ": it is never run"));
        List<String> last = answers.stdout(lastRun(want)).lines().toList();
        String result = value(last, "Result");
        String ended = value(last, "ExecMainExitTimestamp");
        String next = value(answers.stdout(nextRun(want)).lines().toList(), "NextElapseUSecRealtime");
        String then = next.isEmpty() ? "" : "; next " + next;
        if (!result.equals("success")) {
            // What a command of the user's says is no reason to undo a change: doubtful, and not bad.
            String status = value(last, "ExecMainStatus");
            return List.of(Finding.doubtful(
                    subject,
                    "its last run failed (" + result + ", status " + status + "): journalctl -u " + service(want)));
        }
        return List.of(
                Finding.good(subject, (ended.isEmpty() ? "has not run yet" : "last run " + ended + ", well") + then));
    }

    private static String value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElseThrow(() -> new UnreadableFacts("systemctl show: no " + key));
    }
}
