package org.linkctl.modules.linux.watch;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.routes.WatchedRoute;
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
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * The watcher of a route's tunnels. A WireGuard interface stays up when its peer is dead, so the kernel goes on sending
 * flows into it: something has to ask the far side and take the tunnel out of the route. A route without failover has
 * none, and one that it had before goes away.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class WatchModule
        implements Remembered<WatchModule.Want, WatchModule.Facts>,
                Examined<WatchModule.Want, WatchModule.Facts>,
                Rendered<WatchModule.Want, WatchModule.Facts> {
    /** The watcher of a route, or that there is none. */
    public record Want(WatchedRoute route) implements Resource {
        @Override
        public String id() {
            return "linux.watch[" + route.label() + "]";
        }

        @Override
        public Set<String> needs() {
            if (!route.watched()) return Set.of();
            Set<String> out = new LinkedHashSet<>(route.needs());
            out.add("package:iputils-ping");
            return out;
        }

        String unit() {
            return WatchScript.unit(route.label());
        }
    }

    /**
     * What was found.
     *
     * @param started the script and the unit's file as they were when it last started
     */
    public record Facts(
            @Nullable String script,
            @Nullable String unit,
            @Nullable String started,
            String active,
            String atBoot,
            boolean outdated) {
        static Facts of(@Nullable String script, @Nullable String unit, @Nullable String started, UnitState state) {
            return new Facts(script, unit, started, state.active(), state.atBoot(), state.outdated());
        }
    }

    @Override
    public String name() {
        return "linux.watch";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        return WatchedRoute.all(scope).stream().map(Want::new).toList();
    }

    private static Question.ReadFile script(Want want) {
        return Question.file(want.route().program());
    }

    /** What the watcher that runs was started with. */
    private static Question.ReadFile started(Want want) {
        return Question.file("/run/linkctl/" + want.unit());
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(script(want), UnitState.file(want.unit()), started(want), UnitState.question(want.unit()));
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return Facts.of(
                answers.to(script(want)).orElse(null),
                answers.to(UnitState.file(want.unit())).orElse(null),
                answers.to(started(want)).orElse(null),
                UnitState.read(want.unit(), answers));
    }

    @Override
    public Facts bare(Want want) {
        return Facts.of(null, null, null, UnitState.NONE);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        List<Change> out = new ArrayList<>();
        file(
                out,
                want.route().program(),
                have.script(),
                want.route().watched() ? WatchScript.script(want.route()) : null);
        file(
                out,
                UnitState.path(want.unit()),
                have.unit(),
                want.route().watched() ? WatchScript.unitText(want.route()) : null);
        if (!want.route().watched() && have.started() != null)
            out.add(Change.file(started(want).path(), have.started(), null));
        if (want.route().watched()) {
            if (!have.atBoot().equals("enabled")) {
                out.add(Change.state(want.unit() + " at boot", have.atBoot(), "enabled"));
            }
            if (!have.active().equals("active")) {
                out.add(Change.state(want.unit(), have.active(), "active"));
            } else if (have.outdated() || !started(want, have)) {
                out.add(Change.state(want.unit(), "active, as it was before", "active, as in its files"));
            }
        } else if (!have.atBoot().equals("not-found") || have.active().equals("active")) {
            out.add(Change.state(want.unit(), have.active() + ", " + have.atBoot() + " at boot", null));
        }
        return out;
    }

    private static void file(List<Change> out, String path, @Nullable String before, @Nullable String after) {
        if (!Objects.equals(before, after)) out.add(Change.file(path, before, after));
    }

    /** A restart that a failure swallowed is still a difference. */
    private static boolean started(Want want, Facts have) {
        return (WatchScript.script(want.route()) + WatchScript.unitText(want.route())).equals(have.started());
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        return want.route().watched() ? starting(want, have, changes) : removing(want, have, changes);
    }

    private static List<Step> starting(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        String script = want.route().program();
        String unit = UnitState.path(want.unit());
        if (has(changes, Change.Kind.FILE, script)) out.add(Step.put(script, "0755", WatchScript.script(want.route())));
        if (has(changes, Change.Kind.FILE, unit)) out.add(Step.put(unit, "0644", WatchScript.unitText(want.route())));
        if (has(changes, Change.Kind.FILE, unit) || have.outdated()) out.add(Step.run(UnitState.RELOAD));
        if (has(changes, Change.Kind.STATE, want.unit() + " at boot")) {
            out.add(Step.run(
                    Argv.of("systemctl", "enable", want.unit()), Argv.of("systemctl", "disable", want.unit())));
        }
        if (has(changes, Change.Kind.STATE, want.unit())) {
            out.add(
                    have.active().equals("active")
                            ? Step.run(
                                    Argv.of("systemctl", "restart", want.unit()),
                                    UnitState.RELOAD,
                                    Argv.of("systemctl", "restart", want.unit()))
                            : Step.run(
                                    Argv.of("systemctl", "restart", want.unit()),
                                    Argv.of("systemctl", "stop", want.unit())));
        }
        return out;
    }

    private static List<Step> removing(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        if (has(changes, Change.Kind.STATE, want.unit())) {
            out.add(new Step.Run(
                    Argv.of("systemctl", "disable", "--now", want.unit()),
                    UnitState.restore(want.unit(), have.active(), have.atBoot())));
        }
        for (Change change : changes) {
            if (change.kind() == Change.Kind.FILE) out.add(new Step.RemoveFile(change.subject()));
        }
        if (have.unit() != null) out.add(Step.run(UnitState.RELOAD));
        return out;
    }

    private static boolean has(List<Change> changes, Change.Kind kind, String subject) {
        return changes.stream().anyMatch(change -> change.is(kind, subject));
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.route().watched() ? Optional.of(Memory.OWNED) : Optional.empty();
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(WatchedRoute.gone(owned.name())));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        List<String> out = new ArrayList<>();
        OurFiles.foreign(want.route().program(), have.script()).ifPresent(out::add);
        OurFiles.foreign(UnitState.path(want.unit()), have.unit()).ifPresent(out::add);
        return out;
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (!want.route().watched()) return List.of();
        String tunnels = String.join(", ", want.route().tunnels());
        return List.of(
                have.active().equals("active")
                        ? Finding.good(want.unit(), "watches " + tunnels)
                        : Finding.bad(want.unit(), "is " + have.active() + ": nobody watches " + tunnels));
    }
}
