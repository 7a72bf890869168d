package org.linkctl.modules.freebsd.publish;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.model.Os;
import org.linkctl.model.Vip;
import org.linkctl.modules.freebsd.pf.PfModule;
import org.linkctl.modules.freebsd.pfanchor.PfAnchorModule;
import org.linkctl.modules.freebsd.pfrules.PfPublish;
import org.linkctl.modules.freebsd.rc.RcProgram;
import org.linkctl.modules.freebsd.rc.RcService;
import org.linkctl.modules.publishing.KeptSpokes;
import org.linkctl.modules.publishing.PublishedService;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Drainable;
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
import org.linkctl.spi.Warns;

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
                Warns<PublishModule.Want, PublishModule.Facts>,
                Drainable<PublishModule.Want, PublishModule.Facts>,
                Rendered<PublishModule.Want, PublishModule.Facts> {
    private static final RcProgram PROGRAM = new RcProgram(PublishScript.PATH, PublishScript.RC);
    private static final String TABLES = "tables";
    private static final String IN = "anchor";

    /**
     * What is watched; nothing: there shall be no watcher.
     *
     * @param place the words that tell pfctl(8) where the tables are
     * @param tables their names
     * @param vips those of a pair, by which it is called; none on a single host
     * @param held paths that are out of service; the watcher sees that by itself
     * @param kept the spokes that have to take callers' own addresses
     */
    record Want(
            List<PfPublish> published,
            List<String> place,
            List<String> tables,
            List<Vip> vips,
            Set<String> held,
            KeptSpokes kept)
            implements Resource {
        @Override
        public String id() {
            return "freebsd.publish";
        }

        @Override
        public Set<String> spreads() {
            return PublishedService.places(
                    published.stream().map(PfPublish::what).toList());
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
    record Facts(RcProgram.Texts files, RcService service) {}

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
        return List.of(new Want(
                published,
                place,
                tables,
                scope.fabric().of(Vip.class, scope.host()),
                scope.held(),
                KeptSpokes.of(scope)));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(PROGRAM.questions());
        out.addAll(RcService.questions(PublishScript.NAME, PROGRAM.files()));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(PROGRAM.read(answers), RcService.read(PublishScript.NAME, PROGRAM.files(), answers));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(RcProgram.Texts.NONE, RcService.NONE);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        List<Change> out = PROGRAM.diff(have.files(), PublishScript.texts(want.published(), want.place(), want.vips()));
        out.addAll(have.service().diff(PublishScript.NAME, !want.published().isEmpty(), !out.isEmpty()));
        return out;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        boolean service = changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, PublishScript.NAME));
        boolean goes = want.published().isEmpty();
        List<Step> out = new ArrayList<>();
        if (goes && service) {
            out.add(RcService.stop(PublishScript.NAME));
            for (String table : want.tables()) out.add(new Step.Run(kill(want, table), List.of()));
        }
        out.addAll(RcProgram.steps(changes));
        if (!goes && service) out.add(have.service().restart(PublishScript.NAME));
        return out;
    }

    /** Rules that still name it find nothing there; whoever is not there is no error (pfctl(8), -T kill). */
    private static Argv kill(Want want, String table) {
        List<String> words = new ArrayList<>(List.of("pfctl", "-q"));
        words.addAll(want.place());
        words.addAll(List.of("-t", table, "-T", "kill"));
        return new Argv(words);
    }

    private static List<PublishedService> services(Want want) {
        return want.published().stream().map(PfPublish::what).toList();
    }

    @Override
    public List<Question<?>> beforeDraining(Want want) {
        return PublishedService.marks(services(want), PublishScript.DEAD);
    }

    @Override
    public List<Shared> shared(Want want, Facts have, Answers answers) {
        return PublishedService.shared(services(want), want.held(), PublishScript.DEAD, answers);
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
        return Optional.of(
                new Want(List.of(), place, owned.memory().words(TABLES), List.of(), Set.of(), KeptSpokes.NONE));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return PROGRAM.adopts(have.files());
    }

    @Override
    public List<String> warnings(Want want, Facts have) {
        return want.kept().warnings();
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
        want.kept().findings().forEach(out::add);
        out.addAll(PublishHealth.findings(want, answers));
        return out;
    }
}
