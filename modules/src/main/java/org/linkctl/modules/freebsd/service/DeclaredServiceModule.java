package org.linkctl.modules.freebsd.service;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.HostService;
import org.linkctl.model.Os;
import org.linkctl.modules.freebsd.rc.RcConf;
import org.linkctl.modules.hostfiles.RestartNote;
import org.linkctl.modules.hostservices.ServiceWant;
import org.linkctl.shell.Argv;
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
import org.linkctl.spi.Refused;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/** Services of rc(8) that others made: whether they run, now and after a boot, and as their declared files say. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class DeclaredServiceModule
        implements Remembered<ServiceWant, DeclaredServiceModule.Facts>,
                Examined<ServiceWant, DeclaredServiceModule.Facts>,
                Rendered<ServiceWant, DeclaredServiceModule.Facts> {
    /** What rc.subr(8), checkyesno, takes for yes. */
    private static final Set<String> YES = Set.of("yes", "true", "on", "1");

    /** What a service does, as {@code onestatus} tells. */
    enum Running {
        YES,
        NO,
        /** Its script does not tell. */
        UNTOLD,
        /** There is no script of that name. */
        MISSING
    }

    /** A line of {@code rcvar} (rc.subr(8)). */
    private static final Pattern VARIABLE = Pattern.compile("(?<name>[A-Za-z_][A-Za-z0-9_]*)=.*");

    /**
     * What was found.
     *
     * @param variables by which its script is started at boot; null: there is no script yet, or it matters not
     * @param due it has to be started anew if it runs
     */
    public record Facts(@Nullable String enable, @Nullable List<String> variables, Running running, boolean due) {}

    @Override
    public String name() {
        return "freebsd.service";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    /** Names of variables have neither dashes nor dots (rc.subr(8)). */
    private static String variable(ServiceWant want) {
        return want.name().replaceAll("[.-]", "_") + "_enable";
    }

    private static Question.Command status(ServiceWant want) {
        return Question.command("service", want.name(), "onestatus");
    }

    private static Question.Command variables(ServiceWant want) {
        return Question.command("service", want.name(), "rcvar");
    }

    private static boolean isSwitched(ServiceWant want) {
        return want.enabled() != null && !want.gone();
    }

    @Override
    public List<ServiceWant> want(Scope scope) {
        return ServiceWant.all(scope);
    }

    @Override
    public List<Question<?>> probe(ServiceWant want) {
        List<Question<?>> out = new ArrayList<>(want.watched().questions());
        out.add(RcConf.question(List.of(variable(want))));
        out.add(status(want));
        if (isSwitched(want)) out.add(variables(want));
        return out;
    }

    @Override
    public Facts facts(ServiceWant want, Answers answers) {
        String enable = RcConf.read(List.of(variable(want)), answers).get(variable(want));
        Running running = running(want, answers.to(status(want)));
        List<String> variables =
                isSwitched(want) && running != Running.MISSING ? named(answers.stdout(variables(want))) : null;
        return new Facts(enable, variables, running, want.watched().isDue(answers));
    }

    private static List<String> named(String said) {
        return said.lines()
                .map(VARIABLE::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group("name"))
                .toList();
    }

    /** rc.subr(8) ends with 0 or 1; service(8) has 1 also where there is no such script. */
    private static Running running(ServiceWant want, Answer.Output said) {
        String all = said.stdout() + said.stderr();
        if (said.exit() == 1 && all.contains("does not exist in")) return Running.MISSING;
        if (said.exit() == 1 && all.contains("is not running")) return Running.NO;
        if (said.ok() && all.contains("is running")) return Running.YES;
        if (said.exit() < 126) return Running.UNTOLD;
        throw new UnreadableFacts(
                "service " + want.name() + " onestatus ended with " + said.exit() + ": " + all.strip());
    }

    @Override
    public Facts bare(ServiceWant want) {
        return new Facts(
                null,
                null,
                want.gone() ? Running.MISSING : Running.NO,
                !want.watched().files().isEmpty());
    }

    private static boolean enabled(Facts have) {
        String value = have.enable();
        return value != null && YES.contains(value.toLowerCase(Locale.ROOT));
    }

    @Override
    public List<Change> diff(ServiceWant want, Facts have) {
        boolean missing = have.running() == Running.MISSING;
        boolean wanted = Boolean.TRUE.equals(want.enabled()) || Boolean.TRUE.equals(want.running());
        if (missing && wanted && !want.mayAppear()) {
            throw new Refused("the host has no service " + want.name()
                    + ": declare the package that brings it (packages), or its script (file '/usr/local/etc/rc.d/"
                    + want.name() + "', mode: '0755')");
        }
        refuse(want, have);
        List<Change> out = new ArrayList<>();
        String name = RcConf.subject(variable(want));
        if (want.unset()) {
            if (have.enable() != null) out.add(Change.state(name, have.enable(), null));
        } else if (!(want.gone() && missing) && want.enabled() != null && want.enabled() != enabled(have)) {
            out.add(Change.state(name, have.enable(), want.enabled() ? "YES" : "NO"));
        }
        if (!(want.gone() && missing)) running(want, have).ifPresent(out::add);
        if (have.due()) out.add(RestartNote.ended(want.name()));
        return out;
    }

    private static void refuse(ServiceWant want, Facts have) {
        if (want.gone()) return;
        if (have.running() == Running.UNTOLD
                && (want.running() != null || !want.watched().files().isEmpty())) {
            throw new Refused("its script does not tell whether " + want.name() + " runs (service " + want.name()
                    + " onestatus): leave running: and restartOn: out");
        }
        if (have.variables() == null || have.variables().equals(List.of(variable(want)))) return;
        String what = have.variables().isEmpty() ? "by no variable" : "by " + String.join(" and ", have.variables());
        throw new Refused("service " + want.name() + " is started at boot " + what + ", not by " + variable(want)
                + ": leave enabled: out");
    }

    private static Optional<Change> running(ServiceWant want, Facts have) {
        if (have.running() == Running.UNTOLD) return Optional.empty();
        boolean runs = have.running() == Running.YES;
        String name = "service " + want.name();
        String before = runs ? "running" : have.running() == Running.MISSING ? null : "stopped";
        if (want.running() != null && want.running() != runs)
            return Optional.of(Change.state(name, before, want.running() ? "running" : "stopped"));
        if (!runs || !have.due() || want.gone()) return Optional.empty();
        return Optional.of(Change.state(name, "running, as it was before", "running, as in its files"));
    }

    @Override
    public List<Finding> findings(ServiceWant want, Facts have, Answers answers) {
        if (want.gone() || !Boolean.TRUE.equals(want.running())) return List.of();
        String subject = "service " + want.name();
        return switch (have.running()) {
            case YES -> List.of(Finding.good(subject, "runs"));
            case NO -> List.of(Finding.bad(subject, "is declared to run, and does not"));
            case MISSING -> List.of(Finding.bad(subject, "is declared to run, and is not there"));
            case UNTOLD -> List.of(); // its script has no status
        };
    }

    @Override
    public List<Step> steps(ServiceWant want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            if (change.kind() == Change.Kind.FILE) out.add(RestartNote.end(want.name()));
            else if (RcConf.isOurs(change)) out.add(RcConf.step(change));
            else out.add(run(want.name(), have, change));
        }
        return out;
    }

    private static Step run(String name, Facts have, Change change) {
        Argv restart = Argv.of("service", name, "onerestart");
        Argv stop = Argv.of("service", name, "onestop");
        if ("stopped".equals(change.after())) return Step.run(stop, Argv.of("service", name, "onestart"));
        return have.running() == Running.YES ? Step.run(restart, restart) : Step.run(restart, stop);
    }

    @Override
    public Optional<Memory> memory(ServiceWant want, Facts have, Optional<Memory> before) {
        if (want.gone()) return Optional.empty();
        boolean runs = have.running() == Running.YES;
        return Optional.of(want.memory(before.orElse(Memory.OWNED), have.enable() != null, enabled(have), runs));
    }

    @Override
    public Optional<ServiceWant> absent(Scope scope, Owned owned) {
        if (HostService.staysAsItIs(owned.name())) return Optional.empty();
        return Optional.of(ServiceWant.former(scope, owned));
    }
}
