package org.linkctl.modules.frr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.linkctl.model.Os;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Secret;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Drainable;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Existing;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;
import org.linkctl.spi.Warns;

/**
 * BGP and BFD by FRR. What runs is changed by vtysh(1), in as few commands as will do, and the file for the next boot says the
 * same; FRR that runs is not started anew.
 */
public abstract class BgpModule
        implements Remembered<BgpWanted, BgpFacts>,
                Examined<BgpWanted, BgpFacts>,
                Warns<BgpWanted, BgpFacts>,
                Drainable<BgpWanted, BgpFacts>,
                Existing<BgpWanted, BgpFacts>,
                Rendered<BgpWanted, BgpFacts> {
    /** First words of lines that say who FRR is and where it logs, and nothing of routes. */
    private static final Set<String> HEADERS =
            Set.of("frr", "hostname", "log", "service", "line", "debug", "no", "domainname");

    /** FRR's own check of a file's commands. Its status alone is 0 also after some that it did not understand (8.4). */
    static final String CHECK = ShellFile.of(BgpModule.class, "check.sh")
            .word("MASK", FrrSecrets.sed())
            .text();

    private static final String NO_DAEMONS = "failed to connect to any daemons";

    private final Os os;
    private final String name;
    private final String vtysh;
    private final String frrPackage;
    private final Question.ReadSecret file;
    private final BgpHealth health;

    /**
     * @param vtysh the command
     * @param conf path of the file that FRR reads at boot
     * @param frrPackage the package that holds FRR
     */
    protected BgpModule(Os os, String name, String vtysh, String conf, String frrPackage) {
        this.os = os;
        this.name = name;
        this.vtysh = vtysh;
        this.frrPackage = frrPackage;
        file = Question.secret(conf);
        health = new BgpHealth(vtysh);
    }

    /** What is asked of the daemons that are started at boot. */
    protected abstract List<Question<?>> service();

    protected abstract FrrSwitch service(Answers answers);

    /** That of a bare host. */
    protected abstract FrrSwitch bareService();

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Os system() {
        return os;
    }

    @Override
    public final List<BgpWanted> want(Scope scope) {
        return BgpWant.of(scope, name, frrPackage)
                .<List<BgpWanted>>map(List::of)
                .orElse(List.of());
    }

    private Question.Command daemons() {
        return Question.command(vtysh, "-c", "show daemons");
    }

    @Override
    public final List<Question<?>> probe(BgpWanted wanted) {
        List<Question<?>> out = new ArrayList<>(service());
        out.addAll(List.of(file, FrrOwnFiles.question(file.path()), daemons(), FrrSecrets.running(vtysh)));
        return out;
    }

    @Override
    public final BgpFacts facts(BgpWanted wanted, Answers answers) {
        FrrFile text = answers.to(file).map(Secret::reveal).map(FrrFile::new).orElse(null);
        Set<String> running = running(answers);
        List<FrrLine> lines = List.of();
        if (!running.isEmpty()) {
            String config = answers.stdout(FrrSecrets.running(vtysh));
            if (!config.contains("Current configuration:")) {
                throw new UnreadableFacts("show running-config: no configuration: "
                        + config.lines().findFirst().orElse("nothing"));
            }
            lines = FrrConfig.lines(config);
        }
        return new BgpFacts(service(answers), text, FrrOwnFiles.read(file.path(), answers), running, lines);
    }

    private Set<String> running(Answers answers) {
        Answer.Output output = answers.to(daemons());
        if (output.exit() == 127) return Set.of();
        if (!output.ok()) {
            if ((output.stderr() + output.stdout()).contains(NO_DAEMONS)) return Set.of();
            throw new UnreadableFacts("show daemons: " + (output.stderr() + output.stdout()).strip());
        }
        Set<String> out = new TreeSet<>(Arrays.asList(output.stdout().strip().split("\\s+")));
        if (!out.contains("zebra"))
            throw new UnreadableFacts(
                    "show daemons: no zebra: '" + output.stdout().strip() + "'");
        return out;
    }

    @Override
    public final BgpFacts bare(BgpWanted wanted) {
        return new BgpFacts(bareService(), null, List.of(), Set.of(), List.of());
    }

    @Override
    public final List<Change> diff(BgpWanted wanted, BgpFacts have) {
        BgpTarget target = target(wanted, have);
        List<Change> out = new ArrayList<>();
        if (!target.inFile()) out.add(fileChange(have, target));
        switch (wanted) {
            case BgpWant want -> {
                out.addAll(have.service().on(want.daemons()));
                for (String daemon : missing(want, have)) out.add(Change.state(daemon, null, "running"));
                target.deltas().forEach(delta -> out.add(delta.change()));
            }
            case BgpGone gone -> {
                target.deltas().forEach(delta -> out.add(delta.change()));
                Set<String> unused = unused(gone, have, target);
                out.addAll(have.service().off(gone.memory(), unused));
                for (String daemon : stopping(gone, have, unused)) out.add(Change.state(daemon, "running", null));
            }
        }
        return out;
    }

    private static BgpTarget target(BgpWanted wanted, BgpFacts have) {
        return switch (wanted) {
            case BgpWant want -> BgpTarget.of(want, have);
            case BgpGone gone -> BgpTarget.of(gone, have);
        };
    }

    private Change fileChange(BgpFacts have, BgpTarget target) {
        FrrFile before = have.file();
        return Change.file(
                file.path(), before == null ? null : FrrSecrets.mask(before.text()), FrrSecrets.mask(target.text()));
    }

    private static Set<String> missing(BgpWant want, BgpFacts have) {
        Set<String> out = new LinkedHashSet<>();
        want.daemons().stream()
                .filter(daemon -> !have.running().contains(daemon))
                .forEach(out::add);
        return out;
    }

    /** Daemons that nobody has configured anything of, once linkctl's part is gone. */
    private static Set<String> unused(BgpGone gone, BgpFacts have, BgpTarget target) {
        List<FrrLine> left = new ArrayList<>(have.lines());
        left.removeAll(gone.stale(have.lines(), have.fileOrNone()));
        left.addAll(FrrConfig.lines(target.text()));
        return BgpGone.unused(left);
    }

    /** Those that linkctl had switched on and that run for nobody; while FRR does something else they stay until its next start. */
    private static Set<String> stopping(BgpGone gone, BgpFacts have, Set<String> unused) {
        Set<String> out = new TreeSet<>(have.service().switchedOn(gone.memory()));
        out.retainAll(unused);
        out.retainAll(have.running());
        return isIdle(gone, have) ? out : Set.of();
    }

    /** Whether FRR does nothing for anybody else: its configuration says no more than who it is and where it logs. */
    private static boolean isIdle(BgpWanted wanted, BgpFacts have) {
        List<FrrLine> left = new ArrayList<>(have.lines());
        if (wanted instanceof BgpGone gone) left.removeAll(gone.stale(have.lines(), have.fileOrNone()));
        return left.stream()
                .allMatch(line -> HEADERS.contains(line.path().getFirst().split(" ", 2)[0]));
    }

    @Override
    public final List<Step> steps(BgpWanted wanted, BgpFacts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        BgpTarget target = target(wanted, have);
        List<Step> out = new ArrayList<>();
        List<Step> live = target.deltas().stream()
                .filter(delta -> changes.contains(delta.change()))
                .map(delta -> delta.step(vtysh))
                .toList();
        boolean written = changes.stream().anyMatch(change -> change.is(Change.Kind.FILE, file.path()));
        if (written) out.addAll(write(target));
        out.addAll(have.service().steps(changes));
        switch (wanted) {
            case BgpWant want -> {
                Set<String> missing = missing(want, have);
                if (!missing.isEmpty()) out.addAll(have.service().start(have.runs(), missing, isIdle(want, have)));
                out.addAll(live);
            }
            case BgpGone gone -> {
                out.addAll(live);
                if (!stopping(gone, have, unused(gone, have, target)).isEmpty())
                    out.add(have.service().restart());
            }
        }
        return out;
    }

    /** FRR's own check of what is written comes before anything of it counts. */
    private List<Step> write(BgpTarget target) {
        String path = file.path();
        return List.of(
                new Step.PutFile(path, "0640", FrrSecrets.content(target.text())),
                Step.run("chown", "frr:frr", path),
                Step.run("/bin/sh", "-c", CHECK, "sh", vtysh, path));
    }

    @Override
    public final boolean exists(BgpWanted wanted, BgpFacts have) {
        return have.lines().stream().anyMatch(line -> FrrOwned.instance(line) != null);
    }

    @Override
    public final List<String> warnings(BgpWanted wanted, BgpFacts have) {
        if (!(wanted instanceof BgpWant want)) return List.of();
        List<String> out = new ArrayList<>();
        for (FrrDelta delta : target(want, have).deltas()) timers(want, delta).ifPresent(out::add);
        for (FrrLine map : BgpTarget.foreignMaps(have)) {
            out.add("FRR has '" + map.text()
                    + "' already, which stays: what this host sends to far LANs itself comes from a"
                    + " tunnel's address");
        }
        return out;
    }

    private static Optional<String> timers(BgpWant want, FrrDelta delta) {
        Neighbor neighbor = want.at(delta.subject().substring(delta.subject().lastIndexOf(' ') + 1));
        boolean there = delta.have().stream().anyMatch(line -> line.text().matches("neighbor \\S+ timers \\d.*"));
        boolean other = delta.want().stream().anyMatch(line -> line.text().matches("neighbor \\S+ timers \\d.*"));
        if (neighbor == null || !there || !other) return Optional.empty();
        return Optional.of("the hold time of " + neighbor.tunnel() + " counts when its session begins anew; now, with"
                + " 'vtysh -c \"clear bgp " + neighbor.address()
                + "\"', which takes it out of the route for some seconds");
    }

    @Override
    public final List<Question<?>> beforeDraining(BgpWanted wanted) {
        return wanted instanceof BgpWant ? List.of(health.sessions()) : List.of();
    }

    @Override
    public final List<Shared> shared(BgpWanted wanted, BgpFacts have, Answers answers) {
        if (!(wanted instanceof BgpWant want)) return List.of();
        Map<String, Set<String>> declared = new TreeMap<>();
        Map<String, Set<String>> usable = new TreeMap<>();
        for (Neighbor neighbor : want.neighbors()) {
            declared.computeIfAbsent(neighbor.site(), _ -> new TreeSet<>()).add(neighbor.tunnel());
            Set<String> left = usable.computeIfAbsent(neighbor.site(), _ -> new TreeSet<>());
            if (!neighbor.drained() && health.isEstablished(neighbor, answers)) left.add(neighbor.tunnel());
        }
        return declared.entrySet().stream()
                .map(one -> new Shared(
                        "the routes to site " + one.getKey(),
                        one.getValue(),
                        usable.getOrDefault(one.getKey(), Set.of())))
                .toList();
    }

    @Override
    public final Optional<Memory> memory(BgpWanted wanted, BgpFacts have, Optional<Memory> before) {
        if (!(wanted instanceof BgpWant want)) return Optional.empty();
        Memory memory = BgpGone.remember(want);
        if (before.isEmpty()) return Optional.of(have.service().found(memory, want.daemons()));
        Memory out = memory;
        for (String key : before.get().values().keySet()) {
            if (key.startsWith("found"))
                out = out.with(key, before.get().value(key).orElseThrow());
        }
        return Optional.of(out);
    }

    @Override
    public final Optional<BgpWanted> absent(Scope scope, Owned owned) {
        return Optional.of(BgpGone.of(name, owned));
    }

    @Override
    public final List<Question<?>> examine(BgpWanted wanted) {
        return wanted instanceof BgpWant want ? health.questions(want) : List.of();
    }

    @Override
    public final List<Finding> findings(BgpWanted wanted, BgpFacts have, Answers answers) {
        return wanted instanceof BgpWant want ? health.findings(want, have, answers) : List.of();
    }
}
