package org.linkctl.modules.linux.conntrackd;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.StateSync;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.pairs.PairEnds;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Published;
import org.linkctl.spi.Publishes;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/** The hosts of a pair tell each other of their connections, by a conntrackd(8) of linkctl's own. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class ConntrackdModule
        implements Remembered<ConntrackdModule.Want, ConntrackdModule.Facts>,
                Examined<ConntrackdModule.Want, ConntrackdModule.Facts>,
                Publishes<ConntrackdModule.Want, ConntrackdModule.Facts>,
                Rendered<ConntrackdModule.Want, ConntrackdModule.Facts> {
    private static final String THEIRS = "/etc/conntrackd/conntrackd.conf";
    private static final Question.ReadFile FOREIGN = Question.file(THEIRS);
    private static final Question.ReadFile COUNT = Question.file("/proc/sys/net/netfilter/nf_conntrack_count");
    private static final String STATES = "conntrackd.states";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}");
    private static final Pattern SYNCHRONIZES = Pattern.compile("(?m)^\\s*Sync\\b");

    /** The two are asked at different moments, and connections come and go. */
    private static final long FEW = 50;

    /**
     * What a host shall tell.
     *
     * @param text of the configuration; null: it tells nobody
     * @param shown by what it tells whom
     * @param peer the other host of the pair
     * @param known how many connections that one has; null: it did not say
     */
    public record Want(
            @Nullable String text,
            String shown,
            @Nullable String peer,
            @Nullable Long known,
            Set<String> needs) implements Resource {
        @Override
        public String id() {
            return "linux.conntrackd";
        }

        @Override
        public Set<String> provides() {
            return text == null ? Set.of() : Set.of("conntrackd");
        }

        KeptService service() {
            KeptService service = ConntrackdConf.service(text == null ? "" : text);
            return text == null ? service.none() : service;
        }
    }

    /**
     * What was found.
     *
     * @param theirs somebody else's conntrackd synchronizes connections, too
     * @param states how many connections the kernel knows of; null: it follows none
     */
    public record Facts(
            KeptService.Found service,
            boolean theirs,
            @Nullable Long states) {}

    @Override
    public String name() {
        return "linux.conntrackd";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        Fabric fabric = scope.fabric();
        Host host = scope.host();
        StateSync sync = fabric.one(StateSync.class, host).orElse(null);
        PairEnds ends = sync == null
                ? null
                : PairEnds.on(fabric, host, sync.on(), false).orElse(null);
        Host other = PairEnds.other(fabric, host).orElse(null);
        if (sync == null || ends == null || other == null) return List.of();
        Long known = scope.published()
                .plain(other.name(), STATES)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Long::valueOf)
                .orElse(null);
        return List.of(new Want(
                ConntrackdConf.text(fabric, host, sync, ends),
                "to " + (sync.multicast() ? "all" : ends.peer()) + " by " + sync.on(),
                other.name(),
                known,
                Set.of("package:conntrackd", "address:" + sync.on(), "pair-filter")));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(want.service().questions());
        out.addAll(List.of(FOREIGN, COUNT));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        String count = answers.to(COUNT).map(String::strip).orElse(null);
        if (count != null && !NUMBER.matcher(count).matches()) {
            throw new UnreadableFacts(COUNT.path() + ": no number: '" + count + "'");
        }
        boolean theirs = answers.to(FOREIGN)
                .filter(text -> SYNCHRONIZES.matcher(text).find())
                .isPresent();
        return new Facts(want.service().read(answers), theirs, count == null ? null : Long.valueOf(count));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(KeptService.Found.NONE, false, null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        if (want.text() != null && have.theirs()) {
            throw new Refused(
                    THEIRS + " is somebody else's and tells connections, too; take its Sync out if linkctl shall"
                            + " do that");
        }
        return want.service().diff(have.service(), false);
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return want.service().steps(have.service(), changes, List.of());
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.text() == null ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(null, "", null, null, Set.of()));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return want.service().foreign(have.service());
    }

    @Override
    public Published.Values publish(Want want, Facts have) {
        Long states = have.states();
        return states == null ? Published.Values.NONE : Published.Values.of(STATES, states.toString());
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (want.text() == null) return List.of();
        String subject = "conntrackd";
        if (!have.service().running())
            return List.of(Finding.bad(subject, "does not tell states " + want.shown() + ": it does not run"));
        Long here = have.states();
        Long there = want.known();
        if (here == null || there == null) {
            return List.of(Finding.doubtful(
                    subject, "tells states " + want.shown() + "; how many " + want.peer() + " has is not known"));
        }
        String text = here + " states here, " + there + " on " + want.peer();
        boolean alike = Math.abs(here - there) <= Math.max(FEW, Math.max(here, there) / 5);
        return List.of(alike ? Finding.good(subject, text) : Finding.doubtful(subject, text));
    }
}
