package org.linkctl.modules.freebsd.pfanchor;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.pfload.PfLoaded;
import org.linkctl.modules.freebsd.pfload.PfLoading;
import org.linkctl.modules.freebsd.rc.RcConf;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;

/**
 * The ruleset of a host where it is somebody else's. It is looked at and left alone: where among its rules an anchor
 * counts, only whoever wrote them can say.
 *
 * @param text of /etc/pf.conf; null: there is none
 * @param file what pfctl makes of the file that rc.conf names, a line each; null: it did not take it
 * @param complaint what it said then
 * @param enabled packets are filtered
 * @param running the rules that it runs with, a line each
 */
record PfMain(
        @Nullable String text,
        @Nullable List<String> file,
        String complaint,
        boolean enabled,
        List<String> running,
        RcConf rc) {
    /** What rules of a main ruleset have to name; quoted, as pfctl(8) wants it. */
    static final String NAMED = "\"linkctl/*\"";

    /** The file may be another one, and have macros and includes: only pfctl(8) tells its rules. */
    static final String PARSE = "pfctl -nv -f \"$(sysrc -n pf_rules)\"";

    private static final Question.ReadFile WRITTEN = Question.file(PfLoading.FILE);
    private static final Question.Command PARSED = Question.command("/bin/sh", "-c", PARSE, "sh");
    private static final String ENABLE = "pf_enable";
    private static final List<String> VARIABLES = List.of(ENABLE, "pf_rules");

    /** The rules that name anchors, in the order in which pfctl(8) wants them. */
    private static final List<String> KINDS = List.of("nat-anchor", "rdr-anchor", "anchor");

    private static String rule(String kind) {
        return kind + " " + NAMED;
    }

    static List<Question<?>> questions() {
        return List.of(WRITTEN, PARSED, PfLoaded.INFO, PfLoaded.RULES, PfLoaded.NAT, RcConf.question(VARIABLES));
    }

    static PfMain read(Answers answers) {
        Answer.Output parsed = answers.to(PARSED);
        boolean enabled = PfLoaded.isEnabled(answers);
        List<String> running = !enabled
                ? List.of()
                : Stream.of(PfLoaded.NAT, PfLoaded.RULES)
                        .flatMap(question -> answers.stdout(question).lines())
                        .toList();
        return new PfMain(
                answers.to(WRITTEN).orElse(null),
                parsed.ok() ? parsed.stdout().lines().toList() : null,
                parsed.stderr().strip(),
                enabled,
                running,
                RcConf.read(VARIABLES, answers));
    }

    /** One that names our anchors in every way. */
    static PfMain fitting() {
        List<String> rules = KINDS.stream().map(PfMain::rule).toList();
        return new PfMain("", rules, "", true, rules, new RcConf(Map.of(ENABLE, "YES", "pf_rules", PfLoading.FILE)));
    }

    /** Refused unless what stands in our anchor counts, now and after a boot. */
    void check(Set<String> kinds) {
        String path = rc.values().getOrDefault("pf_rules", PfLoading.FILE);
        if (path.equals(PfLoading.FILE) && text != null && OurFiles.isOurs(text)) {
            throw new Refused(path + " is linkctl's own, of a time without ruleset: ANCHOR; put yours in its place");
        }
        if (path.equals(PfLoading.FILE) && text == null) {
            throw new Refused("there is no " + path + ", and with ruleset: ANCHOR it is yours to write");
        }
        if (file == null) throw new Refused("pfctl does not take " + path + ": " + complaint);
        lacking(
                kinds,
                file,
                path + " lacks ",
                "that belongs where linkctl's rules shall count; then 'service pf reload'");
        if (!"YES".equalsIgnoreCase(rc.get(ENABLE))) {
            throw new Refused(ENABLE + " in rc.conf is '" + rc.get(ENABLE)
                    + "': nothing would be filtered after a boot; " + "with ruleset: ANCHOR that is yours to set");
        }
        if (!enabled) throw new Refused("pf is off; with ruleset: ANCHOR it is yours to turn on: 'service pf start'");
        lacking(kinds, running, "pf runs without ", path + " has that: 'service pf reload'");
    }

    private static void lacking(Set<String> kinds, List<String> rules, String what, String then) {
        String lacking = KINDS.stream()
                .filter(kinds::contains)
                .map(PfMain::rule)
                .filter(rule -> rules.stream().noneMatch(line -> line.startsWith(rule)))
                .collect(Collectors.joining(", "));
        if (!lacking.isEmpty()) throw new Refused(what + lacking + ": " + then);
    }
}
