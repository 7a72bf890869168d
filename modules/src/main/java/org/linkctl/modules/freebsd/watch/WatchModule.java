package org.linkctl.modules.freebsd.watch;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.pfrules.PfPool;
import org.linkctl.modules.freebsd.pfrules.PfPublish;
import org.linkctl.modules.freebsd.rc.RcProgram;
import org.linkctl.modules.freebsd.rc.RcService;
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
import org.linkctl.spi.UnreadableFacts;

/**
 * The watcher of the next hops that pf spreads connections over: pf asks none of them, and goes on sending to dead ones.
 * What the watcher took out is no difference; what somebody else did to its tables is one.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class WatchModule
        implements Remembered<WatchModule.Want, WatchModule.Facts>,
                Examined<WatchModule.Want, WatchModule.Facts>,
                Rendered<WatchModule.Want, WatchModule.Facts> {
    private static final RcProgram PROGRAM = new RcProgram(Programs.NEXT_HOPS, WatchScript.RC);
    private static final Question.ReadFile NOTE = Question.file(WatchScript.NOTE);
    private static final String TABLES = "pf tables of next hops";

    private static final Pattern HELD = Pattern.compile("[a-z0-9_]{1,31}(?: [0-9a-f:./]+)*");

    /**
     * What is watched; nothing: there shall be no watcher.
     *
     * @param place the words by which pfctl(8) is told where the tables are
     */
    public record Want(List<PfPool> pools, List<String> place) implements Resource {
        @Override
        public String id() {
            return "freebsd.watch";
        }

        @Override
        public Set<String> needs() {
            return pools.isEmpty() ? Set.of() : Set.of("firewall");
        }

        Question.Command show() {
            return Question.command("/bin/sh", "-c", WatchScript.show(pools, place), "sh");
        }
    }

    /**
     * What was found.
     *
     * @param held what each table of the watcher holds, a line each
     * @param noted the same when the watcher last set them
     */
    public record Facts(RcProgram.Texts files, RcService service, String held, String noted) {}

    @Override
    public String name() {
        return "freebsd.watch";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Want> want(Scope scope) {
        List<PfPool> pools = PfPool.of(scope.fabric(), scope.host());
        return pools.isEmpty() ? List.of() : List.of(new Want(pools, PfPublish.place(scope.fabric(), scope.host())));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(PROGRAM.questions());
        out.add(NOTE);
        if (!want.pools().isEmpty()) out.add(want.show());
        out.addAll(RcService.questions(WatchScript.NAME, PROGRAM.files()));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(
                PROGRAM.read(answers),
                RcService.read(WatchScript.NAME, PROGRAM.files(), answers),
                want.pools().isEmpty() ? "" : held(answers.stdout(want.show())),
                answers.to(NOTE).orElse(""));
    }

    private static String held(String text) {
        for (String line : text.lines().toList()) {
            if (!HELD.matcher(line).matches()) throw new UnreadableFacts(TABLES + ": not a table: '" + line + "'");
        }
        return text;
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(RcProgram.Texts.NONE, RcService.NONE, "", "");
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        List<Change> out = PROGRAM.diff(have.files(), WatchScript.texts(want.pools(), want.place()));
        boolean wanted = !want.pools().isEmpty();
        out.addAll(have.service().diff(WatchScript.NAME, wanted, !out.isEmpty()));
        if (wanted && out.isEmpty() && !have.held().equals(have.noted())) {
            out.add(Change.state(TABLES, orNone(have.held()), orNone(have.noted())));
        }
        return out;
    }

    private static @Nullable String orNone(String tables) {
        return tables.isEmpty() ? null : tables;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        boolean service = changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, WatchScript.NAME));
        boolean reloads = changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, TABLES));
        boolean goes = want.pools().isEmpty();
        List<Step> out = new ArrayList<>();
        if (goes && service) out.add(RcService.stop(WatchScript.NAME));
        out.addAll(RcProgram.steps(changes));
        if (goes) return out;
        if (service) {
            out.add(have.service().restart(WatchScript.NAME));
            WatchScript.formerAnchor(have.files().program())
                    .ifPresent(former -> out.add(Step.run("pfctl", "-a", former, "-F", "rules")));
        } else if (reloads) out.add(Step.run(Programs.NEXT_HOPS, "load"));
        return out;
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.pools().isEmpty() ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of(), List.of()));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return PROGRAM.adopts(have.files());
    }

    @Override
    public List<Question<?>> examine(Want want) {
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
