package org.linkctl.modules.hostsshd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.HostSshd;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.hostfiles.PathState;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Warns;

/**
 * How sshd lets users in: lines of sshd_config(5) that count before all others. Sessions that stand are not touched; whoever can
 * no longer log in is let in again by the guard, since nobody confirms over a new connection then.
 */
public abstract class SshdModule
        implements Remembered<SshdWant, SshdFacts>, Rendered<SshdWant, SshdFacts>, Warns<SshdWant, SshdFacts> {
    private static final String RUNS = "sshd";

    private final Os system;

    protected SshdModule(Os system) {
        this.system = system;
    }

    @Override
    public final Os system() {
        return system;
    }

    @Override
    public final List<SshdWant> want(Scope scope) {
        return SshdWant.all(scope);
    }

    @Override
    public final List<Question<?>> probe(SshdWant want) {
        return SshdFacts.questions(want);
    }

    @Override
    public final SshdFacts facts(SshdWant want, Answers answers) {
        return SshdFacts.read(want, answers);
    }

    @Override
    public final SshdFacts bare(SshdWant want) {
        String main = system == Os.LINUX ? "Include " + SshdFiles.FOLDER + "/*.conf\n" : "";
        PathState paths =
                new PathState(Map.of(SshdFiles.MAIN, new PathState.Entry(PathState.Kind.FILE, "0644 root:root")));
        return new SshdFacts(
                main,
                null,
                paths,
                Map.of("permitrootlogin", Set.of()),
                List.of(),
                "/usr/sbin/sshd",
                Set.of(),
                null,
                false,
                Set.of());
    }

    @Override
    public final List<Change> diff(SshdWant want, SshdFacts have) {
        HostSshd sshd = want.declared();
        if (sshd != null) {
            SshdRefusals.refuse(want, sshd, have);
            SshdRefusals.others(want, have);
        }
        List<Change> out = new ArrayList<>();
        String main = have.main() == null ? "" : have.main();
        boolean included = SshdFiles.include(main) > 0;
        OurFiles.diff(out, SshdFiles.DROP_IN, have.dropIn(), SshdFiles.dropIn(included ? want.lines() : List.of()));
        if (have.main() != null)
            OurFiles.diff(out, SshdFiles.MAIN, main, SshdFiles.withHead(main, included ? List.of() : want.lines()));
        boolean written = !out.isEmpty();
        want.effective().forEach((keyword, values) -> {
            Set<String> now = have.effective().get(keyword);
            if (values.equals(now)) return;
            String before = now == null || now.isEmpty() ? null : String.join(" ", now);
            if (!written)
                throw new Refused("sshd has " + keyword + " " + (before == null ? "as by default" : before)
                        + ", though linkctl's line says " + String.join(" ", values) + " (sshd -T)");
            out.add(Change.state(RUNS + " " + keyword, before, String.join(" ", values)));
        });
        String ours = included ? SshdFiles.DROP_IN : SshdFiles.MAIN;
        if (!written && sshd != null && have.newer().contains(ours))
            out.add(Change.state(RUNS, "running, as it was before", "running, as in its files"));
        if (!out.isEmpty()) SshdRefusals.pending(have);
        if (written) SshdRefusals.restored(want, have);
        return out;
    }

    /** What stands wrong in a file stops the run before sshd reads it; sessions outlive that it reads its files again. */
    @Override
    public final List<Step> steps(SshdWant want, SshdFacts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        List<Step> out = new ArrayList<>();
        List<Argv> undo = new ArrayList<>();
        for (Change change : changes) {
            if (change.kind() != Change.Kind.FILE) continue;
            String after = change.after();
            if (after == null) {
                out.add(new Step.RemoveFile(change.subject()));
                continue;
            }
            out.add(Step.put(change.subject(), mode(have, change.subject()), after));
            // An undo brings former files back first; what was not there goes after its commands.
            if (change.before() == null) undo.add(Argv.of("rm", "-f", change.subject()));
        }
        Argv reload = new Argv(SshdPrograms.reload());
        undo.add(reload);
        out.add(new Step.Run(reload, undo));
        return out;
    }

    private static String mode(SshdFacts have, String path) {
        return have.paths()
                .at(path)
                .map(entry -> entry.access().substring(0, entry.access().indexOf(' ')))
                .orElse("0644");
    }

    @Override
    public final Optional<Memory> memory(SshdWant want, SshdFacts have, Optional<Memory> before) {
        return want.declared() == null ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public final Optional<SshdWant> absent(Scope scope, Owned owned) {
        return Optional.of(SshdWant.gone(scope));
    }

    @Override
    public final List<String> warnings(SshdWant want, SshdFacts have) {
        Map<String, Set<String>> wanted = want.effective();
        return have.others(true).stream()
                .filter(line -> wanted.containsKey(line.keyword())
                        && !wanted.get(line.keyword()).equals(line.values()))
                .map(line -> "for some logins sshd does otherwise than declared: " + line + " stands below a Match")
                .toList();
    }
}
