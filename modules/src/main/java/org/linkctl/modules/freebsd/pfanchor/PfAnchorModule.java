package org.linkctl.modules.freebsd.pfanchor;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.kernel.Release;
import org.linkctl.modules.freebsd.pfload.PfDiff;
import org.linkctl.modules.freebsd.pfload.PfLoaded;
import org.linkctl.modules.freebsd.pfload.PfLoading;
import org.linkctl.modules.freebsd.pfrules.PfPool;
import org.linkctl.modules.freebsd.pfrules.PfRules;
import org.linkctl.modules.freebsd.pfrules.PfWords;
import org.linkctl.modules.publishing.KeptSpokes;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.ShellTemplate;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
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
 * Rules in an anchor of ours, beside somebody else's pf.conf(5), which stays as it is. A service of our own loads them
 * at boot: a line in that file would keep all of its rules from being loaded where ours cannot be.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class PfAnchorModule
        implements Remembered<PfAnchorModule.Want, PfAnchorModule.Facts>,
                Examined<PfAnchorModule.Want, PfAnchorModule.Facts>,
                Rendered<PfAnchorModule.Want, PfAnchorModule.Facts> {
    /** Its rules count where the main ruleset names "linkctl/*". */
    private static final String FILE = "/etc/linkctl/pf.conf";

    private static final Question.ReadFile WRITTEN = Question.file(FILE);

    private static final String RC = "/usr/local/etc/rc.d/linkctl_pf";
    private static final Question.ReadFile SERVICE = Question.file(RC);
    private static final String SUBJECT = "pf anchor " + PfWords.ANCHOR;
    private static final String RULES = SUBJECT + " rules";
    private static final String TRANSLATION = SUBJECT + " translation rules";
    private static final String TABLE = SUBJECT + " table ";
    private static final Question.Command PARSE = new Question.Command(load("-nv"));
    private static final List<Argv> FLUSH = Stream.of("rules", "nat", "Tables")
            .map(what -> Argv.of("pfctl", "-a", PfWords.ANCHOR, "-F", what))
            .toList();

    private static final ShellTemplate RC_PROGRAM = ShellFile.of(PfAnchorModule.class, "rc.sh");

    /**
     * What a host shall have.
     *
     * @param text of the anchor's file; null: no anchor
     * @param scattered balances that are sticky over several interfaces
     * @param partners spokes that have to take what these rules send them
     */
    public record Want(
            @Nullable String text, Map<String, Set<Cidr>> tables, List<String> scattered, Set<String> partners)
            implements Resource {
        static final Want NONE = new Want(null, Map.of(), List.of(), Set.of());

        @Override
        public String id() {
            return "freebsd.pf-anchor";
        }

        @Override
        public Set<String> provides() {
            return text == null ? Set.of() : Set.of("firewall");
        }

        List<String> tableNames() {
            return List.copyOf(tables.keySet());
        }

        /** The kinds of anchors that have to be named for all of the text to count. */
        Set<String> kinds() {
            Set<String> out = new LinkedHashSet<>();
            for (String line : text == null ? List.<String>of() : text.lines().toList()) {
                if (line.matches("(no )?nat .*")) out.add("nat-anchor");
                else if (line.matches("(no )?rdr .*")) out.add("rdr-anchor");
                else if (line.matches("(pass|block|anchor) .*")) out.add("anchor");
            }
            return out;
        }
    }

    /**
     * What was found.
     *
     * @param normal what pfctl made of our file; null: it did not take it
     * @param complaint what it said then
     * @param held what the anchor holds now
     * @param main the ruleset that names it
     */
    record Facts(
            @Nullable String file,
            @Nullable String rc,
            @Nullable PfLoaded normal,
            String complaint,
            PfAnchored held,
            PfMain main,
            int release) {}

    /** -o none: what is loaded stays as it stands, so that it can be compared; an anchor has no options of its own. */
    private static Argv load(String how) {
        return Argv.of("pfctl", "-o", "none", "-a", PfWords.ANCHOR, how, "-f", FILE);
    }

    private static Argv load() {
        return Argv.of("pfctl", "-o", "none", "-a", PfWords.ANCHOR, "-f", FILE);
    }

    @Override
    public String name() {
        return "freebsd.pf-anchor";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Want> want(Scope scope) {
        Host host = scope.host();
        Fabric fabric = scope.fabric();
        if (fabric.ruleset(host) != Firewall.Ruleset.ANCHOR) return List.of();
        return List.of(new Want(
                PfRules.anchored(fabric, host),
                PfRules.tables(fabric, host),
                PfPool.scattered(fabric, host),
                KeptSpokes.of(scope).notYet()));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(List.of(WRITTEN, SERVICE, PARSE, Release.question()));
        out.addAll(PfAnchored.questions(PfWords.ANCHOR, want.tableNames()));
        out.addAll(PfMain.questions());
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        String file = answers.to(WRITTEN).orElse(null);
        Answer.Output parsed = answers.to(PARSE);
        return new Facts(
                file,
                answers.to(SERVICE).orElse(null),
                file != null && parsed.ok() ? PfLoaded.normal(parsed.stdout()) : null,
                parsed.stderr().strip(),
                PfAnchored.read(PfWords.ANCHOR, want.tableNames(), answers),
                PfMain.read(answers),
                Release.major(answers));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(null, null, null, "", PfAnchored.NOTHING, PfMain.fitting(), PfLoading.STICKY);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        List<Change> out = new ArrayList<>();
        OurFiles.diff(out, FILE, have.file(), want.text());
        OurFiles.diff(out, RC, have.rc(), want.text() == null ? null : rc());
        if (want.text() == null) {
            if (!have.held().isEmpty()) out.add(Change.state(SUBJECT, shown(have.held()), null));
            return out;
        }
        PfLoading.sticky(want.scattered(), have.release());
        have.main().check(want.kinds());
        // Of a file that will be another one, only pfctl(8) will tell the rules: then the file is the difference.
        if (!want.text().equals(have.file())) return out;
        PfLoaded normal = have.normal();
        if (normal == null) throw PfLoading.unreadable(FILE, have.complaint());
        running(out, want, have.held(), normal);
        return out;
    }

    private static void running(List<Change> out, Want want, PfAnchored held, PfLoaded normal) {
        PfDiff.lines(out, RULES, held.rules(), normal.rules());
        PfDiff.lines(out, TRANSLATION, held.translation(), normal.translation());
        want.tables().forEach((name, addresses) -> PfDiff.table(out, TABLE, name, held.tables(), addresses));
    }

    private static String shown(PfAnchored held) {
        return Stream.of(
                        held.names().stream().map(name -> "table <" + name + ">"),
                        held.translation().stream(),
                        held.rules().stream())
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String rc() {
        return RC_PROGRAM
                .lines("MARK", List.of(OurFiles.MARK))
                .raw("LOAD", load().render().replaceFirst("pfctl", "pfctl -q"))
                .lines("FLUSH", FLUSH.stream().map(Argv::render).toList())
                .text();
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            String after = change.after();
            if (change.kind() != Change.Kind.FILE) continue;
            // 0600: rules tell an attacker more than they tell anybody else.
            if (after == null) out.add(new Step.RemoveFile(change.subject()));
            else out.add(Step.put(change.subject(), change.subject().equals(FILE) ? "0600" : "0755", after));
        }
        boolean loads = changes.stream()
                .anyMatch(change ->
                        change.kind() == Change.Kind.STATE || change.subject().equals(FILE));
        if (!loads) return out;
        List<Argv> undo = have.file() == null ? FLUSH : List.of(load());
        if (want.text() == null) {
            out.add(new Step.Run(FLUSH.getFirst(), undo));
            for (Argv flush : FLUSH.subList(1, FLUSH.size())) out.add(new Step.Run(flush, List.of()));
        } else {
            out.add(new Step.Run(load("-n"), List.of()));
            out.add(new Step.Run(load(), undo));
            PfLoading.nextHops(want.text()).ifPresent(out::add);
        }
        return out;
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.text() == null ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(Want.NONE);
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return Stream.of(OurFiles.foreign(FILE, have.file()), OurFiles.foreign(RC, have.rc()))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (want.text() == null) return List.of();
        String off = diff(want, have).stream().map(Change::subject).collect(Collectors.joining(", "));
        int rules = have.held().rules().size() + have.held().translation().size();
        return List.of(
                off.isEmpty()
                        ? Finding.good(SUBJECT, "holds the " + rules + " rules of " + FILE)
                        : Finding.bad(SUBJECT, "is not as wanted: " + off));
    }
}
