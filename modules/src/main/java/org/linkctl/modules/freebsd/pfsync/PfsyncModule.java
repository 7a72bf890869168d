package org.linkctl.modules.freebsd.pfsync;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.StateSync;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.kernel.Release;
import org.linkctl.modules.freebsd.pfload.PfLoaded;
import org.linkctl.modules.freebsd.pfrules.PfHandover;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Found;
import org.linkctl.spi.Imported;
import org.linkctl.spi.Module;
import org.linkctl.spi.Published;
import org.linkctl.spi.Publishes;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/**
 * The hosts of a pair tell each other of their connections (pfsync(4)): the interface pfsync0, and a file of ours that
 * rc.d/pfsync reads at boot. Nothing is touched where nothing differs: a reconfiguration sends every state again.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class PfsyncModule
        implements Examined<PfsyncModule.Want, PfsyncModule.Facts>,
                Publishes<PfsyncModule.Want, PfsyncModule.Facts>,
                Rendered<PfsyncModule.Want, PfsyncModule.Facts>,
                Imported {
    /** rc.subr(8) reads it for this service alone, after rc.conf. */
    private static final String FILE = "/etc/rc.conf.d/pfsync";

    private static final Question.ReadFile WRITTEN = Question.file(FILE);

    static final Question.Command SHOW = Question.command("ifconfig", "pfsync0");
    private static final String SUBJECT = "pfsync0";
    private static final String STATES = "pfsync.states";
    /** pfsync(4): the address of all; ifconfig(8) leaves it out on some releases. */
    static final String ALL = "224.0.0.240";
    /** What the kernel has if nothing is said (PFSYNC_MAXUPDATES is 128: if_pfsync.c). */
    static final int UPDATES = 128;

    private static final Pattern DEVICE = Pattern.compile("\\bsyncdev: (?<value>\\S+)");
    private static final Pattern PEER = Pattern.compile("\\bsyncpeer: (?<value>\\S+)");
    private static final Pattern MOST = Pattern.compile("\\bmaxupd: (?<value>[0-9]{1,3})\\b");
    private static final Pattern DEFER = Pattern.compile("\\bdefer: (?<value>on|off)\\b");

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,12}");

    private static final Pattern ENTRIES = Pattern.compile("(?m)^ +current entries +(?<count>[0-9]{1,12}) *$");

    /** The two are asked at different moments, and connections come and go. */
    private static final long FEW = 50;

    /** How pfsync0 is set up. */
    record Setup(String device, String peer, int updates, boolean defer) {
        /** The words for ifconfig(8). */
        List<String> words() {
            List<String> out = new ArrayList<>(List.of("ifconfig", "pfsync0"));
            if (peer.equals(ALL)) out.add("-syncpeer");
            else out.addAll(List.of("syncpeer", peer));
            out.addAll(List.of("syncdev", device, "maxupd", Integer.toString(updates), defer ? "defer" : "-defer"));
            out.add("up");
            return out;
        }

        String shown() {
            String to = peer.equals(ALL) ? "to all" : "to " + peer;
            return to + " by " + device + ", maxupd " + updates + (defer ? ", defer" : "");
        }

        String file() {
            return OurFiles.MARK + "\npfsync_enable=\"YES\"\npfsync_syncdev=\"" + device + "\"\n"
                    + (peer.equals(ALL) ? "" : "pfsync_syncpeer=\"" + peer + "\"\n") + "pfsync_ifconfig=\"maxupd "
                    + updates + (defer ? " defer" : "") + "\"\n";
        }
    }

    /**
     * What a host shall tell.
     *
     * @param setup null: it tells nobody
     * @param peer the other host of the pair
     * @param known how many connections that one has; null: it did not say
     * @param lost why connections would lose their next hop on releases before {@link PfHandover#CARRIED}; null: they would not
     */
    public record Want(
            @Nullable Setup setup,
            @Nullable String peer,
            @Nullable Long known,
            @Nullable String lost) implements Resource {
        @Override
        public String id() {
            return "freebsd.pfsync";
        }

        @Override
        public Set<String> needs() {
            return setup == null ? Set.of() : Set.of("address:" + setup.device());
        }
    }

    /**
     * What was found.
     *
     * @param setup null: pfsync0 is not there, or does nothing
     * @param states how many connections pf knows of; null: it is not there
     * @param release the first of the numbers of FreeBSD's release
     */
    public record Facts(
            @Nullable Setup setup,
            @Nullable String file,
            @Nullable Long states,
            int release) {}

    @Override
    public String name() {
        return "freebsd.pfsync";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Want> want(Scope scope) {
        Host host = scope.host();
        StateSync sync = scope.fabric().one(StateSync.class, host).orElse(null);
        if (sync == null) return List.of(new Want(null, null, null, null));
        String peer = scope.fabric().hostsOf(sync.pair()).stream()
                .filter(other -> !other.equals(host))
                .map(Host::name)
                .findFirst()
                .orElse(null);
        Long known = peer == null
                ? null
                : scope.published()
                        .plain(peer, STATES)
                        .flatMap(PfsyncModule::count)
                        .orElse(null);
        String lost = PfHandover.lost(scope.fabric(), host).orElse(null);
        return List.of(new Want(setup(scope.fabric(), host, sync), peer, known, lost));
    }

    /** What another host tells may be anything; nothing where it is no count. */
    private static Optional<Long> count(String text) {
        return COUNT.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static Setup setup(Fabric fabric, Host host, StateSync sync) {
        String peer = sync.multicast()
                ? ALL
                : fabric.hostsOf(sync.pair()).stream()
                        .filter(other -> !other.equals(host))
                        .flatMap(other -> fabric.addresses(other, sync.on()).stream())
                        .filter(address -> !address.isV6())
                        .map(Cidr::address)
                        .findFirst()
                        .orElseThrow()
                        .text();
        Integer updates = sync.maxUpdates();
        return new Setup(sync.on(), peer, updates == null ? UPDATES : updates, sync.defer());
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(SHOW, WRITTEN, PfLoaded.INFO, Release.question());
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(
                setup(answers.to(SHOW)),
                answers.to(WRITTEN).orElse(null),
                states(answers.to(PfLoaded.INFO)),
                Release.major(answers));
    }

    /** Without pf there are none to tell of, which is no mistake. */
    private static @Nullable Long states(Answer.Output info) {
        Matcher entries = ENTRIES.matcher(info.stdout());
        return info.ok() && entries.find() ? Long.valueOf(entries.group("count")) : null;
    }

    static @Nullable Setup setup(Answer.Output shown) {
        if (!shown.ok() && shown.stderr().contains("does not exist")) return null;
        if (!shown.ok() || !shown.stdout().startsWith("pfsync0: ")) {
            throw new UnreadableFacts("ifconfig pfsync0: " + (shown.stderr() + shown.stdout()).strip());
        }
        String device = value(DEVICE, shown.stdout());
        if (device == null) return null;
        String most = value(MOST, shown.stdout());
        String defer = value(DEFER, shown.stdout());
        if (most == null || defer == null) throw new UnreadableFacts("ifconfig pfsync0: no maxupd or no defer");
        String peer = value(PEER, shown.stdout());
        return new Setup(device, peer == null ? ALL : peer, Integer.parseInt(most), defer.equals("on"));
    }

    private static @Nullable String value(Pattern pattern, String text) {
        Matcher match = pattern.matcher(text);
        return match.find() ? match.group("value") : null;
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(null, null, null, PfHandover.CARRIED);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        String file = have.file();
        if (file != null && !OurFiles.isOurs(file)) {
            if (want.setup() == null) return List.of();
            throw new Refused(FILE + " is somebody else's; move it away if linkctl shall write it");
        }
        if (want.lost() != null && have.release() < PfHandover.CARRIED) {
            throw new Refused(
                    "stateSync on FreeBSD " + have.release() + ": a connection that the other host takes over "
                            + "would leave by the routing table or by the wrong interface, since " + want.lost()
                            + "; change that, take stateSync out, or use FreeBSD " + PfHandover.CARRIED);
        }
        List<Change> out = new ArrayList<>();
        Setup wanted = want.setup();
        Setup now = have.setup();
        if (wanted != null && !wanted.equals(now)) {
            out.add(Change.state(SUBJECT, now == null ? null : now.shown(), wanted.shown()));
        } else if (wanted == null && file != null && now != null) {
            out.add(Change.state(SUBJECT, now.shown(), null));
        }
        String text = wanted == null ? null : wanted.file();
        if (text == null ? file != null : !text.equals(file)) out.add(Change.file(FILE, file, text));
        return out;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        Setup now = have.setup();
        Argv off = Argv.of("ifconfig", "pfsync0", "-syncdev", "-syncpeer", "down");
        Argv back = now == null ? off : new Argv(now.words());
        for (Change change : changes) {
            String after = change.after();
            if (change.kind() == Change.Kind.FILE) {
                out.add(after == null ? new Step.RemoveFile(FILE) : Step.put(FILE, "0644", after));
            } else if (want.setup() == null) out.add(Step.run(off, back));
            else {
                if (now == null) out.add(Step.run("kldload", "-n", "pfsync"));
                out.add(Step.run(new Argv(want.setup().words()), back));
            }
        }
        return out;
    }

    @Override
    public Published.Values publish(Want want, Facts have) {
        Long states = have.states();
        return states == null ? Published.Values.NONE : Published.Values.of(STATES, states.toString());
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        Setup wanted = want.setup();
        if (wanted == null) return List.of();
        if (!wanted.equals(have.setup()))
            return List.of(Finding.bad(SUBJECT, "does not tell states " + wanted.shown()));
        Long here = have.states();
        Long there = want.known();
        if (here == null || there == null) {
            return List.of(Finding.doubtful(
                    SUBJECT, "tells states " + wanted.shown() + "; how many " + want.peer() + " has is not known"));
        }
        String text = here + " states here, " + there + " on " + want.peer();
        boolean alike = Math.abs(here - there) <= Math.max(FEW, Math.max(here, there) / 5);
        return List.of(alike ? Finding.good(SUBJECT, text) : Finding.doubtful(SUBJECT, text));
    }

    @Override
    public List<Question<?>> importing() {
        return PfsyncFound.questions();
    }

    @Override
    public List<Found> found(Answers answers) {
        return PfsyncFound.read(answers);
    }
}
