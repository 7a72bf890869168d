package org.linkctl.modules.linux.service;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.HostService;
import org.linkctl.model.Os;
import org.linkctl.modules.hostfiles.RestartNote;
import org.linkctl.modules.hostservices.ServiceWant;
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
import org.linkctl.spi.Refused;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Scope;

/** Services of systemd that others made: whether they run, now and after a boot, and as their declared files say. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class DeclaredServiceModule
        implements Remembered<ServiceWant, DeclaredServiceModule.Facts>,
                Examined<ServiceWant, DeclaredServiceModule.Facts>,
                Rendered<ServiceWant, DeclaredServiceModule.Facts> {
    /** Of these systemctl(1) can change whether they start at boot. */
    private static final Set<String> SWITCHED = Set.of("enabled", "disabled", "linked");

    private static final String NONE = "not-found";

    /**
     * What was found.
     *
     * @param due it has to be started anew if it runs
     * @param ends it does its work and ends (systemd.service(5), Type=oneshot): it never is seen to run
     */
    public record Facts(UnitState state, boolean due, boolean ends) {}

    @Override
    public String name() {
        return "linux.service";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    private static String unit(ServiceWant want) {
        boolean whole = want.name().matches(".*\\.(socket|timer|path)");
        return whole ? want.name() : want.name() + ".service";
    }

    @Override
    public List<ServiceWant> want(Scope scope) {
        return ServiceWant.all(scope);
    }

    @Override
    public List<Question<?>> probe(ServiceWant want) {
        List<Question<?>> out = new ArrayList<>(want.watched().questions());
        out.add(UnitState.question(unit(want)));
        if (isTrue(want.running()) && !want.gone()) out.add(kind(want));
        return out;
    }

    private static Question.Command kind(ServiceWant want) {
        return Question.command("systemctl", "show", "--property=Type,RemainAfterExit", unit(want));
    }

    @Override
    public Facts facts(ServiceWant want, Answers answers) {
        boolean ends = false;
        if (isTrue(want.running()) && !want.gone()) {
            List<String> said = answers.stdout(kind(want)).lines().toList();
            ends = said.contains("Type=oneshot") && !said.contains("RemainAfterExit=yes");
        }
        return new Facts(UnitState.read(unit(want), answers), want.watched().isDue(answers), ends);
    }

    @Override
    public Facts bare(ServiceWant want) {
        return new Facts(
                new UnitState("inactive", want.gone() ? NONE : "disabled", false),
                !want.watched().files().isEmpty(),
                false);
    }

    @Override
    public List<Change> diff(ServiceWant want, Facts have) {
        UnitState state = have.state();
        boolean missing = state.atBoot().equals(NONE) && !runs(state);
        List<Change> out = new ArrayList<>();
        boolean masked = state.atBoot().equals("masked");
        if (!(want.gone() && (missing || masked))) {
            if (!want.gone()) refuse(want, state, missing);
            if (have.ends())
                throw new Refused(
                        unit(want) + " does its work and ends (Type=oneshot): leave running: out, or declare running:"
                                + " true of the timer that starts it");
            boot(want, state).ifPresent(out::add);
            running(want, have).ifPresent(out::add);
        }
        if (have.due()) out.add(RestartNote.ended(want.name()));
        return out;
    }

    private static void refuse(ServiceWant want, UnitState state, boolean missing) {
        if (missing && !want.mayAppear() && (isTrue(want.enabled()) || isTrue(want.running()))) {
            throw new Refused("the host has no " + unit(want)
                    + ": declare the package that brings it (packages), or its unit (file '/etc/systemd/system/"
                    + unit(want) + "')");
        }
        boolean fixed = want.enabled() != null && !missing && !SWITCHED.contains(state.atBoot());
        boolean masked = state.atBoot().equals("masked");
        if (masked && (isTrue(want.enabled()) || isTrue(want.running())))
            throw new Refused(unit(want) + " is masked there: systemctl unmask " + unit(want));
        if (fixed && !masked) {
            throw new Refused(unit(want) + " is " + state.atBoot()
                    + " there: systemd itself decides whether it starts at boot; leave enabled: out");
        }
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }

    private static Optional<Change> boot(ServiceWant want, UnitState state) {
        if (want.enabled() == null || want.enabled() == state.isEnabled()) return Optional.empty();
        boolean nothing = !want.enabled() && !SWITCHED.contains(state.atBoot());
        if (nothing || (want.gone() && state.atBoot().equals(NONE))) return Optional.empty();
        String before = state.atBoot().equals(NONE) ? null : state.atBoot();
        return Optional.of(Change.state(unit(want) + " at boot", before, want.enabled() ? "enabled" : "disabled"));
    }

    private static boolean runs(UnitState state) {
        return state.isActive()
                || state.active().equals("reloading")
                || state.active().equals("activating");
    }

    private static Optional<Change> running(ServiceWant want, Facts have) {
        UnitState state = have.state();
        boolean runs = runs(state);
        if (want.running() != null && want.running() != runs)
            return Optional.of(Change.state(
                    unit(want),
                    state.atBoot().equals(NONE) ? null : state.active(),
                    want.running() ? "active" : "inactive"));
        if (!runs || !have.due() || want.gone()) return Optional.empty();
        return Optional.of(Change.state(unit(want), "active, as it was before", "active, as in its files"));
    }

    @Override
    public List<Finding> findings(ServiceWant want, Facts have, Answers answers) {
        if (want.gone() || !isTrue(want.running())) return List.of();
        String unit = unit(want);
        UnitState state = have.state();
        if (state.isActive() || state.active().equals("reloading")) return List.of(Finding.good(unit, "runs"));
        return List.of(
                runs(state)
                        ? Finding.doubtful(unit, "is being started, or ends again and again")
                        : Finding.bad(unit, "is declared to run, and is " + state.active()));
    }

    @Override
    public List<Step> steps(ServiceWant want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        String unit = unit(want);
        boolean units =
                want.watched().files().stream().anyMatch(file -> file.path().startsWith("/etc/systemd/"));
        if (!changes.isEmpty() && (have.state().outdated() || units)) out.add(Step.run(UnitState.RELOAD));
        for (Change change : changes) {
            if (change.kind() == Change.Kind.FILE) out.add(RestartNote.end(want.name()));
            else if (change.is(Change.Kind.STATE, unit)) out.add(run(unit, have.state(), change));
            else out.add(boot(unit, change));
        }
        return out;
    }

    private static Step boot(String unit, Change change) {
        Argv enable = Argv.of("systemctl", "enable", unit);
        Argv disable = Argv.of("systemctl", "disable", unit);
        return "enabled".equals(change.after()) ? Step.run(enable, disable) : Step.run(disable, enable);
    }

    /** A restart starts what a package of this run has started already with other files. */
    private static Step run(String unit, UnitState state, Change change) {
        Argv restart = Argv.of("systemctl", "restart", unit);
        Argv stop = Argv.of("systemctl", "stop", unit);
        if ("inactive".equals(change.after())) return Step.run(stop, Argv.of("systemctl", "start", unit));
        return runs(state) ? Step.run(restart, UnitState.RELOAD, restart) : Step.run(restart, stop);
    }

    @Override
    public Optional<Memory> memory(ServiceWant want, Facts have, Optional<Memory> before) {
        if (want.gone()) return Optional.empty();
        boolean enabled = have.state().isEnabled();
        return Optional.of(want.memory(before.orElse(Memory.OWNED), true, enabled, runs(have.state())));
    }

    @Override
    public Optional<ServiceWant> absent(Scope scope, Owned owned) {
        if (HostService.staysAsItIs(owned.name())) return Optional.empty();
        return Optional.of(ServiceWant.former(scope, owned));
    }
}
