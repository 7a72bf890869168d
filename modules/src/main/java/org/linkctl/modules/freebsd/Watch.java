package org.linkctl.modules.freebsd;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Question;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * The watcher of the next hops that pf spreads connections over: pf asks none of them, and goes on sending to dead ones.
 * What the watcher took out is no difference; what somebody else did to its anchor is one.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class Watch implements Module<Watch.Want, Watch.Facts> {
    /** What is remembered: the anchor, where it is another one than that beside our own pf.conf. */
    private static final String IN = "anchor";

    private static final List<String> FILES = List.of(WatchScript.PATH, WatchScript.RC);
    /**
     * What is watched; nothing: there shall be no watcher.
     *
     * @param anchor that holds its rules
     */
    public record Want(List<PfPool> pools, String anchor) implements Resource {
        @Override
        public String id() {
            return "freebsd.watch";
        }

        @Override
        public Set<String> needs() {
            return pools.isEmpty() ? Set.of() : Set.of("firewall");
        }

        String subject() {
            return "pf anchor " + anchor;
        }
    }

    /**
     * What was found.
     *
     * @param loaded the rules of the anchor
     * @param noted as they were when the watcher loaded them
     */
    public record Facts(@Nullable String script, @Nullable String rc, RcService service, String loaded, String noted) {}

    @Override
    public String name() {
        return "freebsd.watch";
    }

    @Override
    public List<Want> want(Scope scope) {
        if (scope.host().os() != Os.FREEBSD) return List.of();
        List<PfPool> pools = PfPool.of(scope.fabric(), scope.host());
        return pools.isEmpty() ? List.of() : List.of(new Want(pools, PfPool.anchor(scope.fabric(), scope.host())));
    }

    @Override
    public List<Question> probe(Want want) {
        List<Question> out = new ArrayList<>(List.of(
                Question.file(WatchScript.PATH),
                Question.file(WatchScript.RC),
                Question.file(WatchScript.NOTE),
                Question.command(PfAnchored.show(want.anchor(), "rules"))));
        out.addAll(RcService.questions(WatchScript.NAME, FILES));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(
                answers.file(WatchScript.PATH).orElse(null),
                answers.file(WatchScript.RC).orElse(null),
                RcService.read(WatchScript.NAME, FILES, answers),
                text(PfAnchored.rules(want.anchor(), answers)),
                answers.file(WatchScript.NOTE).orElse(""));
    }

    private static String text(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(null, null, RcService.NONE, "", "");
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        List<Change> out = new ArrayList<>();
        OurFiles.diff(out, WatchScript.PATH, have.script(), WatchScript.script(want.pools(), want.anchor()));
        OurFiles.diff(out, WatchScript.RC, have.rc(), WatchScript.rc(want.pools()));
        boolean running = have.service().running();
        boolean other = !out.isEmpty() || !have.service().newer().isEmpty();
        if (want.pools().isEmpty()) {
            if (running) out.add(Change.state(WatchScript.NAME, "running", null));
        } else if (!running) out.add(Change.state(WatchScript.NAME, "stopped", "running"));
        else if (other) {
            out.add(Change.state(WatchScript.NAME, "running, as it was before", "running, as in its files"));
        }
        String wanted = want.pools().isEmpty() ? "" : have.noted();
        if (!have.loaded().equals(wanted)) out.add(Change.state(want.subject(), orNone(have.loaded()), orNone(wanted)));
        return out;
    }

    private static @Nullable String orNone(String rules) {
        return rules.isEmpty() ? null : rules;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return want.pools().isEmpty() ? removing(want, changes) : making(want, have, changes);
    }

    private static List<Step> making(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            String after = change.after();
            if (change.kind() == Change.Kind.FILE && after != null) {
                out.add(Step.put(change.subject(), "0755", after));
            }
        }
        boolean restarts = changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, WatchScript.NAME));
        boolean reloads = changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, want.subject()));
        Argv restart = RcService.call(WatchScript.NAME, "onerestart");
        if (restarts) {
            Argv undo = have.service().running() ? restart : RcService.call(WatchScript.NAME, "onestop");
            out.add(Step.run(restart, undo));
            WatchScript.anchor(have.script())
                    .filter(former -> !former.equals(want.anchor()))
                    .ifPresent(former -> out.add(Step.run("pfctl", "-a", former, "-F", "rules")));
        } else if (reloads) out.add(Step.run(WatchScript.PATH, "load"));
        return out;
    }

    /** Its script is needed to stop it, and to empty the anchor. */
    private static List<Step> removing(Want want, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        if (changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, WatchScript.NAME))) {
            out.add(Step.run(
                    RcService.call(WatchScript.NAME, "onestop"), RcService.call(WatchScript.NAME, "onestart")));
        } else if (changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, want.subject()))) {
            out.add(Step.run("pfctl", "-a", want.anchor(), "-F", "rules"));
        }
        for (Change change : changes) {
            if (change.kind() == Change.Kind.FILE) out.add(new Step.RemoveFile(change.subject()));
        }
        return out;
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        if (want.pools().isEmpty()) return Optional.empty();
        return Optional.of(Memory.OWNED.with(IN, want.anchor().equals(PfPool.ANCHOR) ? null : want.anchor()));
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of(), owned.memory().value(IN).orElse(PfPool.ANCHOR)));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return Stream.of(OurFiles.foreign(WatchScript.PATH, have.script()), OurFiles.foreign(WatchScript.RC, have.rc()))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public List<Question> examine(Want want) {
        return GatewayHealth.questions(want.pools());
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (want.pools().isEmpty()) return List.of();
        List<Finding> out = new ArrayList<>();
        out.add(
                have.service().running()
                        ? Finding.good(WatchScript.NAME, "watches the next hops")
                        : Finding.bad(WatchScript.NAME, "does not run: nobody watches the next hops"));
        out.addAll(GatewayHealth.findings(want.pools(), answers));
        return out;
    }
}
