package org.linkctl.modules.freebsd.pf;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Publish;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.kernel.Release;
import org.linkctl.modules.freebsd.pfload.PfDiff;
import org.linkctl.modules.freebsd.pfload.PfLoaded;
import org.linkctl.modules.freebsd.pfload.PfLoading;
import org.linkctl.modules.freebsd.pfrules.PfPool;
import org.linkctl.modules.freebsd.pfrules.PfReplies;
import org.linkctl.modules.freebsd.pfrules.PfRules;
import org.linkctl.modules.freebsd.rc.RcConf;
import org.linkctl.modules.publishing.KeptSpokes;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * The firewall of a host, what it publishes, what it spreads over next hops, and where answers go (pf(4), pf.conf(5)). Both the file and the rules that run
 * are looked at. A file is loaded only after pfctl(8) took it; connections live on when it is loaded.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class PfModule
        implements Examined<PfModule.Want, PfModule.Facts>, Rendered<PfModule.Want, PfModule.Facts> {
    private static final Question.ReadFile WRITTEN = Question.file(PfLoading.FILE);
    private static final Question.ReadFile FALLBACK = Question.file(PfLoading.FALLBACK);
    private static final Question.Command PARSE = Question.command("pfctl", "-nv", "-f", PfLoading.FILE);
    private static final String ENABLE = "pf_enable";
    private static final String FALLBACK_ENABLE = "pf_fallback_rules_enable";
    private static final List<String> VARIABLES =
            List.of(ENABLE, "pf_rules", "pf_flags", FALLBACK_ENABLE, "pf_fallback_rules_file");

    /**
     * What a host shall have.
     *
     * @param text of pf.conf; null: no firewall
     * @param fallback null like the text
     * @param scattered balances that are sticky over several interfaces
     * @param replies interfaces whose answers go through neighbours
     * @param partners spokes that have to take what these rules send them
     */
    public record Want(
            @Nullable String text,
            @Nullable String fallback,
            @Nullable String log,
            Set<String> skip,
            Map<String, Integer> limits,
            Map<String, Set<Cidr>> tables,
            List<String> scattered,
            List<PfReplies> replies,
            Set<String> partners)
            implements Resource {
        static final Want NONE =
                new Want(null, null, null, Set.of(), Map.of(), Map.of(), List.of(), List.of(), Set.of());

        @Override
        public String id() {
            return "freebsd.pf";
        }

        @Override
        public Set<String> provides() {
            return replies.isEmpty() ? Set.of("firewall") : Set.of("firewall", "answers");
        }

        List<String> tableNames() {
            return List.copyOf(tables.keySet());
        }
    }

    /**
     * What was found.
     *
     * @param file null: there is none
     * @param normal what pfctl made of the file; null: it did not take it
     * @param complaint what it said then
     */
    record Facts(
            @Nullable String file,
            @Nullable String fallback,
            @Nullable PfLoaded normal,
            String complaint,
            PfLoaded loaded,
            RcConf rc,
            int release) {}

    @Override
    public String name() {
        return "freebsd.pf";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Want> want(Scope scope) {
        Host host = scope.host();
        Fabric fabric = scope.fabric();
        Firewall firewall = fabric.one(Firewall.class, host).orElse(null);
        List<Balance> balances = fabric.of(Balance.class, host);
        boolean publishes = !fabric.of(Publish.class, host).isEmpty();
        List<PfReplies> replies = PfReplies.of(fabric, host);
        if (firewall == null && balances.isEmpty() && !publishes && replies.isEmpty()) return List.of(Want.NONE);
        if (fabric.ruleset(host) != Firewall.Ruleset.MAIN) return List.of(Want.NONE);
        Map<String, Integer> limits = new LinkedHashMap<>();
        if (firewall != null) {
            for (Firewall.Limit limit : Firewall.Limit.values()) {
                Integer most = firewall.limits().get(limit.word());
                if (most != null) limits.put(limit.pf(), most);
            }
        }
        return List.of(new Want(
                PfRules.text(fabric, host),
                PfRules.fallback(fabric, host),
                firewall == null ? null : firewall.log(),
                firewall == null ? Set.of() : PfRules.skip(firewall),
                limits,
                PfRules.tables(fabric, host),
                PfPool.scattered(fabric, host),
                replies,
                KeptSpokes.of(scope).notYet()));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(List.of(WRITTEN, FALLBACK, PARSE, Release.question()));
        out.addAll(PfLoaded.questions(want.tableNames()));
        out.add(RcConf.question(VARIABLES));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        String file = answers.to(WRITTEN).orElse(null);
        Answer.Output parsed = answers.to(PARSE);
        return new Facts(
                file,
                answers.to(FALLBACK).orElse(null),
                file != null && OurFiles.isOurs(file) && parsed.ok() ? PfLoaded.normal(parsed.stdout()) : null,
                parsed.stderr().strip(),
                PfLoaded.read(want.tableNames(), answers),
                RcConf.read(VARIABLES, answers),
                Release.major(answers));
    }

    @Override
    public Facts bare(Want want) {
        RcConf rc = new RcConf(Map.of(
                ENABLE,
                "NO",
                "pf_rules",
                PfLoading.FILE,
                "pf_flags",
                "",
                FALLBACK_ENABLE,
                "NO",
                "pf_fallback_rules_file",
                PfLoading.FALLBACK));
        return new Facts(null, null, null, "", PfLoaded.NOTHING, rc, PfLoading.STICKY);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        String text = want.text();
        if (text == null) return removed(have);
        PfSomebodyElses.check(want, have);
        List<Change> out = new ArrayList<>();
        if (!text.equals(have.file())) out.add(Change.file(PfLoading.FILE, have.file(), text));
        if (want.fallback() != null && !want.fallback().equals(have.fallback())) {
            out.add(Change.file(PfLoading.FALLBACK, have.fallback(), want.fallback()));
        }
        out.addAll(have.rc().diff(wanted()));
        out.addAll(PfRunning.differences(want, have));
        return out;
    }

    private static Map<String, String> wanted() {
        Map<String, String> out = new LinkedHashMap<>();
        out.put(ENABLE, "YES");
        out.put(FALLBACK_ENABLE, "YES");
        return out;
    }

    /** A firewall of ours that nothing asks for any more. Either of its files may be somebody else's by now. */
    private static List<Change> removed(Facts have) {
        List<Change> out = new ArrayList<>();
        boolean main = have.file() != null && OurFiles.isOurs(have.file());
        boolean fallback = have.fallback() != null && OurFiles.isOurs(have.fallback());
        if (main) {
            out.add(Change.file(PfLoading.FILE, have.file(), null));
            unset(out, have, ENABLE);
        }
        // Without the file, rc.d/pf has rules of its own to fall back to, which let nobody in.
        if (main || fallback) unset(out, have, FALLBACK_ENABLE);
        if (main && have.loaded().enabled()) {
            Change off = Change.state(PfDiff.PF, "enabled", null);
            out.add(PfRunning.cuts(have.file()) ? off.cuts() : off);
        }
        if (fallback) out.add(Change.file(PfLoading.FALLBACK, have.fallback(), null));
        return out;
    }

    private static void unset(List<Change> out, Facts have, String variable) {
        if ("YES".equals(have.rc().get(variable))) out.add(Change.state(RcConf.subject(variable), "YES", null));
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        String text = want.text();
        List<Step> out = new ArrayList<>();
        if (text == null) return remove(changes);
        for (Change change : changes) {
            String after = change.after();
            if (change.kind() == Change.Kind.FILE && after != null) {
                // 0600: rules tell an attacker more than they tell anybody else.
                out.add(Step.put(change.subject(), "0600", after));
            }
        }
        boolean loads = changes.stream().anyMatch(change -> PfDiff.loads(change));
        if (loads) {
            if (!have.loaded().module()) out.add(Step.run("kldload", "-n", "pf"));
            out.add(Step.run("pfctl", "-n", "-f", PfLoading.FILE));
            out.add(Step.run(Argv.of("pfctl", "-f", PfLoading.FILE), back(have)));
            PfLoading.nextHops(text).ifPresent(out::add);
        }
        if (!have.loaded().enabled()) out.add(Step.run(Argv.of("pfctl", "-e"), Argv.of("pfctl", "-d")));
        for (Change change : changes) if (RcConf.isOurs(change)) out.add(RcConf.step(change));
        return out;
    }

    /** By then the former file is back. Where there was none, nobody knows what was loaded: nothing, if pf was off. */
    private static Argv[] back(Facts have) {
        if (have.file() != null) return new Argv[] {Argv.of("pfctl", "-f", PfLoading.FILE)};
        return new Argv[] {Argv.of("pfctl", "-F", "rules"), Argv.of("pfctl", "-F", "nat")};
    }

    private static List<Step> remove(List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            if (change.kind() == Change.Kind.FILE) out.add(new Step.RemoveFile(change.subject()));
            else if (RcConf.isOurs(change)) out.add(RcConf.step(change));
            else out.add(Step.run(Argv.of("pfctl", "-d"), Argv.of("pfctl", "-e")));
        }
        return out;
    }

    private static Question.Command ping(PfReplies one) {
        return Question.command(one.ping());
    }

    @Override
    public List<Question<?>> examine(Want want) {
        return want.replies().stream().<Question<?>>map(PfModule::ping).toList();
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (want.text() == null) return List.of();
        if (!have.loaded().enabled()) return List.of(Finding.bad(PfDiff.PF, "is off: nothing is filtered or spread"));
        int rules = have.loaded().rules().size() + have.loaded().translation().size();
        List<Change> off = diff(want, have);
        String what = off.stream().map(Change::subject).collect(Collectors.joining(", "));
        List<Finding> out = new ArrayList<>();
        out.add(
                off.isEmpty()
                        ? Finding.good(PfDiff.PF, "runs with the " + rules + " rules of " + PfLoading.FILE)
                        : Finding.bad(PfDiff.PF, "is not as wanted: " + what));
        for (PfReplies one : want.replies())
            out.add(
                    answers.to(ping(one)).ok()
                            ? Finding.good(one.subject(), "answers, and so goes what was asked by " + one.device())
                            : Finding.bad(one.subject(), "does not answer"));
        return out;
    }
}
