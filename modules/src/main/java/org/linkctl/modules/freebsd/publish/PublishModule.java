package org.linkctl.modules.freebsd.publish;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.model.Vip;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.pf.PfModule;
import org.linkctl.modules.freebsd.pfanchor.PfAnchorModule;
import org.linkctl.modules.freebsd.pfrules.PfPublish;
import org.linkctl.modules.freebsd.rc.RcService;
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
 * The watcher of what is published: pf sends connections to the addresses of a table, whether anybody is there or not.
 * The rules are {@link PfModule}'s and {@link PfAnchorModule}'s; what is in the tables is the watcher's alone, which looks every
 * second, so that it is no difference.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class PublishModule
        implements Remembered<PublishModule.Want, PublishModule.Facts>,
                Examined<PublishModule.Want, PublishModule.Facts>,
                Rendered<PublishModule.Want, PublishModule.Facts> {
    private static final Question.ReadFile PROGRAM = Question.file(PublishScript.PATH);
    private static final Question.ReadFile RC = Question.file(PublishScript.RC);
    private static final String TABLES = "tables";
    private static final String IN = "anchor";
    private static final List<String> FILES = List.of(PublishScript.PATH, PublishScript.RC);

    /**
     * What is watched; nothing: there shall be no watcher.
     *
     * @param place the words that tell pfctl(8) where the tables are
     * @param tables their names
     * @param vips those of a pair, by which it is called; none on a single host
     */
    record Want(List<PfPublish> published, List<String> place, List<String> tables, List<Vip> vips)
            implements Resource {
        @Override
        public String id() {
            return "freebsd.publish";
        }

        @Override
        public Set<String> needs() {
            return published.isEmpty()
                    ? Set.of()
                    : published.stream()
                            .flatMap(one -> one.what().targets().stream())
                            .map(target -> "tunnel:" + target.hub().name())
                            .collect(Collectors.collectingAndThen(Collectors.toSet(), PublishModule::withFirewall));
        }
    }

    private static Set<String> withFirewall(Set<String> tunnels) {
        tunnels.add("firewall");
        return tunnels;
    }

    /** What was found. */
    record Facts(@Nullable String script, @Nullable String rc, RcService service) {}

    @Override
    public String name() {
        return "freebsd.publish";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Want> want(Scope scope) {
        List<PfPublish> published = PfPublish.of(scope.fabric(), scope.host());
        if (published.isEmpty()) return List.of();
        List<String> tables = published.stream().map(PfPublish::table).toList();
        List<String> place = PfPublish.place(scope.fabric(), scope.host());
        return List.of(new Want(published, place, tables, scope.fabric().vips(scope.host())));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(List.of(PROGRAM, RC));
        out.addAll(RcService.questions(PublishScript.NAME, FILES));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(
                answers.to(PROGRAM).orElse(null),
                answers.to(RC).orElse(null),
                RcService.read(PublishScript.NAME, FILES, answers));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(null, null, RcService.NONE);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        List<Change> out = new ArrayList<>();
        OurFiles.diff(out, PublishScript.PATH, have.script(), PublishScript.script(want.published(), want.place()));
        OurFiles.diff(out, PublishScript.RC, have.rc(), PublishScript.rc(want.published(), want.place()));
        boolean running = have.service().running();
        if (want.published().isEmpty()) {
            if (running) out.add(Change.state(PublishScript.NAME, "running", null));
        } else if (!running) out.add(Change.state(PublishScript.NAME, "stopped", "running"));
        else if (!out.isEmpty() || !have.service().newer().isEmpty()) {
            out.add(Change.state(PublishScript.NAME, "running, as it was before", "running, as in its files"));
        }
        return out;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        boolean service = changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, PublishScript.NAME));
        Argv stop = RcService.call(PublishScript.NAME, "onestop");
        if (want.published().isEmpty() && service) {
            out.add(Step.run(stop, RcService.call(PublishScript.NAME, "onestart")));
            for (String table : want.tables()) out.add(new Step.Run(kill(want, table), List.of()));
        }
        for (Change change : changes) {
            String after = change.after();
            if (change.kind() != Change.Kind.FILE) continue;
            out.add(after == null ? new Step.RemoveFile(change.subject()) : Step.put(change.subject(), "0755", after));
        }
        if (!want.published().isEmpty() && service) {
            Argv restart = RcService.call(PublishScript.NAME, "onerestart");
            out.add(Step.run(restart, have.service().running() ? restart : stop));
        }
        return out;
    }

    /** Rules that still name it find nothing there; whoever is not there is no error (pfctl(8), -T kill). */
    private static Argv kill(Want want, String table) {
        List<String> words = new ArrayList<>(List.of("pfctl", "-q"));
        words.addAll(want.place());
        words.addAll(List.of("-t", table, "-T", "kill"));
        return new Argv(words);
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        if (want.published().isEmpty()) return Optional.empty();
        return Optional.of(Memory.OWNED
                .with(TABLES, want.tables())
                .with(IN, want.place().isEmpty() ? null : want.place().getLast()));
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        List<String> place =
                owned.memory().value(IN).map(anchor -> List.of("-a", anchor)).orElse(List.of());
        return Optional.of(new Want(List.of(), place, owned.memory().words(TABLES), List.of()));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return Stream.of(
                        OurFiles.foreign(PublishScript.PATH, have.script()),
                        OurFiles.foreign(PublishScript.RC, have.rc()))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public List<Question<?>> examine(Want want) {
        return PublishHealth.questions(want);
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (want.published().isEmpty()) return List.of();
        List<Finding> out = new ArrayList<>();
        out.add(
                have.service().running()
                        ? Finding.good(PublishScript.NAME, "watches what is published")
                        : Finding.bad(PublishScript.NAME, "does not run: nobody watches what is published"));
        out.addAll(PublishHealth.findings(want, answers));
        return out;
    }
}
