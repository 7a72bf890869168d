package org.linkctl.modules.linux.balance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/** The rules by which a mark leads to a routing table (ip-rule(8)). */
final class MarkRules {
    private MarkRules() {}

    private static Question.Command question(boolean v6) {
        String priority = Integer.toString(BalanceService.PRIORITY);
        return Question.command("ip", v6 ? "-6" : "-4", "-j", "rule", "show", "priority", priority);
    }

    static List<Question<?>> questions() {
        return List.of(question(false), question(true));
    }

    /** Those that are there. A kernel without IPv6 has none of that family. */
    static Set<String> read(Answers answers) {
        Set<String> out = new TreeSet<>();
        for (boolean v6 : new boolean[] {false, true}) {
            Question.Command question = question(v6);
            Answer.Output said = answers.to(question);
            if (v6 && !said.ok()) continue;
            for (JsonNode rule : Json.objects(question.argv().render(), answers.stdout(question))) {
                if (!rule.path("fwmark").asText().startsWith("0x6c63")) continue;
                out.add(shown(v6, Json.text(rule, "fwmark"), Json.text(rule, "table")));
            }
        }
        return out;
    }

    /** As ip(8) takes it. */
    static String shown(boolean v6, String mark, String table) {
        return (v6 ? "-6" : "-4") + " fwmark " + mark + " lookup " + table;
    }
}
