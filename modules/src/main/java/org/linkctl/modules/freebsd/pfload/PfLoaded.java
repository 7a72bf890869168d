package org.linkctl.modules.freebsd.pfload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * What pf runs with, as pfctl(8) prints it: always in one normal form, in which rules can be compared.
 *
 * @param module the kernel has pf at all
 * @param enabled packets are filtered
 * @param log the interface whose packets are counted; null: none
 * @param rules filter rules, one a line
 * @param translation nat and rdr rules, one a line
 * @param limits by pfctl's names; what is unlimited is not there
 * @param skip interfaces on which nothing is filtered
 * @param tables their addresses by name
 */
public record PfLoaded(
        boolean module,
        boolean enabled,
        @Nullable String log,
        List<String> rules,
        List<String> translation,
        Map<String, Long> limits,
        Set<String> skip,
        Map<String, Set<Cidr>> tables) {
    /** pf was never started. */
    public static final PfLoaded NOTHING =
            new PfLoaded(false, false, null, List.of(), List.of(), Map.of(), Set.of(), Map.of());

    /** Whether pf filters, and what it counts. */
    public static final Question.Command INFO = Question.command("pfctl", "-s", "info");

    /** The filter rules of the main ruleset. */
    public static final Question.Command RULES = Question.command("pfctl", "-s", "rules");

    /** The translation rules of the main ruleset. */
    public static final Question.Command NAT = Question.command("pfctl", "-s", "nat");

    private static final Question.Command MEMORY = Question.command("pfctl", "-s", "memory");
    private static final Question.Command INTERFACES = Question.command("pfctl", "-v", "-s", "Interfaces");

    /** pfctl(8) opens it first; it is there as soon as the module is. */
    public static final String DEVICE = "/dev/pf: No such file or directory";

    private static final Pattern STATUS = Pattern.compile("Status: (?<status>Enabled|Disabled)\\b.*");
    private static final Pattern COUNTED = Pattern.compile("Interface Stats for (?<name>\\S+)\\s+IPv4\\s+IPv6\\s*");
    private static final Pattern LIMIT =
            Pattern.compile("(?<name>[a-z-]+)\\s+(?:unlimited|hard limit\\s+(?<most>[0-9]{1,12}))\\s*");
    private static final Pattern INTERFACE = Pattern.compile("(?<name>[A-Za-z0-9_.:-]+)(?<skip> \\(skip\\))?");
    private static final Pattern RULE = Pattern.compile("(?:pass|block|match|scrub|anchor|antispoof)\\b.*");
    private static final Pattern TRANSLATION = Pattern.compile("(?:no )?(?:nat|rdr|binat)(?:-anchor)?\\b.*");

    public static List<Question<?>> questions(List<String> tables) {
        List<Question<?>> out = new ArrayList<>(List.of(INFO, RULES, NAT, MEMORY, INTERFACES));
        for (String table : tables) out.add(show(table));
        return out;
    }

    private static Question.Command show(String table) {
        return Question.command("pfctl", "-t", table, "-T", "show");
    }

    public static PfLoaded read(List<String> tables, Answers answers) {
        Answer.Output info = answers.to(INFO);
        if (!info.ok() && info.stderr().contains(DEVICE)) return NOTHING;
        boolean enabled = isEnabled(answers);
        String log = null;
        for (String line : answers.stdout(INFO).lines().toList()) {
            Matcher counted = COUNTED.matcher(line);
            if (counted.matches()) log = counted.group("name");
        }
        Map<String, Set<Cidr>> found = new LinkedHashMap<>();
        for (String table : tables) {
            Answer.Output output = answers.to(show(table));
            if (output.ok()) found.put(table, addresses(output.stdout()));
            else if (!output.stderr().contains("does not exist")) {
                throw new UnreadableFacts(
                        "pfctl -t " + table + ": " + output.stderr().strip());
            }
        }
        return new PfLoaded(
                true,
                enabled,
                log,
                lines(RULE, "pfctl -s rules", answers.stdout(RULES)),
                lines(TRANSLATION, "pfctl -s nat", answers.stdout(NAT)),
                limits(answers.stdout(MEMORY)),
                skip(answers.stdout(INTERFACES)),
                found);
    }

    /** Whether packets are filtered; without the module they are not. */
    public static boolean isEnabled(Answers answers) {
        Answer.Output info = answers.to(INFO);
        if (!info.ok() && info.stderr().contains(DEVICE)) return false;
        Matcher first = STATUS.matcher(answers.stdout(INFO).lines().findFirst().orElse(""));
        if (!first.matches()) throw new UnreadableFacts("pfctl -s info: no status");
        return first.group("status").equals("Enabled");
    }

    /** Filter rules as pfctl(8) prints them. */
    public static List<String> rules(String what, String text) {
        return lines(RULE, what, text);
    }

    /** nat and rdr rules as pfctl(8) prints them. */
    public static List<String> translation(String what, String text) {
        return lines(TRANSLATION, what, text);
    }

    private static List<String> lines(Pattern form, String what, String text) {
        List<String> out = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (!form.matcher(line.strip()).matches() && !line.strip().equals("}") && !line.startsWith(" ")) {
                throw new UnreadableFacts(what + ": not a rule: '" + line + "'");
            }
            out.add(line.stripTrailing());
        }
        return List.copyOf(out);
    }

    private static Map<String, Long> limits(String text) {
        Map<String, Long> out = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            Matcher match = LIMIT.matcher(line);
            if (!match.matches()) throw new UnreadableFacts("pfctl -s memory: not a limit: '" + line + "'");
            if (match.group("most") != null) out.put(match.group("name"), Long.valueOf(match.group("most")));
        }
        if (out.isEmpty()) throw new UnreadableFacts("pfctl -s memory: no limits");
        return out;
    }

    /** With -v more lines follow each interface; they begin with a tab. */
    private static Set<String> skip(String text) {
        Set<String> out = new LinkedHashSet<>();
        boolean any = false;
        for (String line : text.lines().toList()) {
            if (line.startsWith("\t")) continue;
            Matcher match = INTERFACE.matcher(line);
            if (!match.matches()) throw new UnreadableFacts("pfctl -s Interfaces: no interface: '" + line + "'");
            any = true;
            if (match.group("skip") != null) out.add(match.group("name"));
        }
        if (!any) throw new UnreadableFacts("pfctl -s Interfaces: none, not even lo0");
        return out;
    }

    public static Set<Cidr> addresses(String text) {
        Set<Cidr> out = new LinkedHashSet<>();
        for (String line : text.lines().toList()) {
            String word = line.strip();
            out.add(Ip.parse(word)
                    .map(Cidr::host)
                    .or(() -> Cidr.parse(word))
                    .orElseThrow(() -> new UnreadableFacts("pfctl -T show: no address: '" + word + "'")));
        }
        return out;
    }

    /** The rules of a file in the same form: what {@code pfctl -nv} prints, without options and tables. */
    public static PfLoaded normal(String printed) {
        List<String> rules = new ArrayList<>();
        List<String> translation = new ArrayList<>();
        for (String line : printed.lines().toList()) {
            if (line.startsWith("set ") || line.startsWith("table ")) continue;
            boolean translates = TRANSLATION.matcher(line).matches();
            if (!translates && !RULE.matcher(line).matches()) {
                throw new UnreadableFacts("pfctl -nv: not a rule: '" + line + "'");
            }
            (translates ? translation : rules).add(line.stripTrailing());
        }
        return new PfLoaded(true, true, null, rules, translation, Map.of(), Set.of(), Map.of());
    }
}
