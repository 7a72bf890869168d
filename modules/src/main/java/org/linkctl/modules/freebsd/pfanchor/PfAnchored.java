package org.linkctl.modules.freebsd.pfanchor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.linkctl.modules.freebsd.pfload.PfLoaded;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * What an anchor holds, as pfctl(8) prints it.
 *
 * @param rules filter rules, one a line
 * @param translation nat and rdr rules, one a line
 * @param names of all tables that are there
 * @param tables the addresses of those that were asked for
 */
record PfAnchored(List<String> rules, List<String> translation, Set<String> names, Map<String, Set<Cidr>> tables) {
    static final PfAnchored NOTHING = new PfAnchored(List.of(), List.of(), Set.of(), Map.of());

    static List<Question<?>> questions(String anchor, List<String> tables) {
        List<Question<?>> out = new ArrayList<>();
        for (String what : List.of("rules", "nat", "Tables")) out.add(show(anchor, what));
        for (String table : tables) out.add(addresses(anchor, table));
        return out;
    }

    static Question.Command show(String anchor, String what) {
        return Question.command("pfctl", "-a", anchor, "-s", what);
    }

    private static Question.Command addresses(String anchor, String table) {
        return Question.command("pfctl", "-a", anchor, "-t", table, "-T", "show");
    }

    static PfAnchored read(String anchor, List<String> tables, Answers answers) {
        Set<String> names = names(printed(answers, show(anchor, "Tables")));
        Map<String, Set<Cidr>> found = new LinkedHashMap<>();
        for (String table : tables) {
            // Of one that is not there pfctl(8) says something else in each release.
            if (!names.contains(table)) continue;
            found.put(table, PfLoaded.addresses(answers.stdout(addresses(anchor, table))));
        }
        return new PfAnchored(
                rules(anchor, answers),
                PfLoaded.translation("pfctl -s nat", printed(answers, show(anchor, "nat"))),
                names,
                found);
    }

    /** The filter rules alone. */
    static List<String> rules(String anchor, Answers answers) {
        Question.Command question = show(anchor, "rules");
        return PfLoaded.rules(question.argv().render(), printed(answers, question));
    }

    private static String printed(Answers answers, Question.Command question) {
        Answer.Output output = answers.to(question);
        return isThere(output, question) ? output.stdout() : "";
    }

    /** An anchor that no rule names and nobody loaded is none: to the kernel its name is an invalid argument. */
    private static boolean isThere(Answer.Output output, Question.Command question) {
        if (output.ok()) return true;
        String said = output.stderr();
        if (Stream.of(PfLoaded.DEVICE, "Invalid argument", "does not exist").anyMatch(said::contains)) return false;
        throw new UnreadableFacts(question.argv() + ": " + said.strip());
    }

    private static Set<String> names(String text) {
        Set<String> out = new LinkedHashSet<>();
        for (String line : text.lines().toList()) {
            String name = line.strip();
            if (!name.matches("\\S{1,31}")) throw new UnreadableFacts("pfctl -s Tables: no table: '" + line + "'");
            out.add(name);
        }
        return out;
    }

    boolean isEmpty() {
        return rules.isEmpty() && translation.isEmpty() && names.isEmpty();
    }
}
