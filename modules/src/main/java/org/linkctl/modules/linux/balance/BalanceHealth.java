package org.linkctl.modules.linux.balance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;

/** Do the next hops answer, and which of them do connections go over? */
final class BalanceHealth {
    private BalanceHealth() {}

    static List<Question<?>> questions(List<SpreadConnections> spread) {
        Set<Question<?>> out = new LinkedHashSet<>();
        for (SpreadConnections one : spread) out.add(held(one));
        for (NextHop hop : SpreadConnections.hops(spread)) out.add(ping(hop));
        return List.copyOf(out);
    }

    private static Question.Command held(SpreadConnections one) {
        return Question.command("nft", "-j", "list", "map", "inet", BalanceRules.TABLE.name(), BalanceRules.map(one));
    }

    private static Question.Command ping(NextHop hop) {
        return Question.command(
                "ping",
                "-q",
                "-c",
                "2",
                "-i",
                "0.2",
                "-W",
                "1",
                "-I",
                hop.device(),
                hop.address().text());
    }

    static List<Finding> findings(List<SpreadConnections> spread, Answers answers) {
        List<Finding> out = new ArrayList<>();
        for (NextHop hop : SpreadConnections.hops(spread)) {
            String subject = "next hop " + hop.address() + " on " + hop.device();
            out.add(
                    answers.to(ping(hop)).ok()
                            ? Finding.good(subject, "answers")
                            : Finding.bad(subject, "does not answer"));
        }
        for (SpreadConnections one : spread) out.add(shares(one, answers));
        return out;
    }

    private static Finding shares(SpreadConnections one, Answers answers) {
        Map<Long, Integer> slots = slots(one, answers);
        int all = slots.values().stream().mapToInt(Integer::intValue).sum();
        if (all == 0) return Finding.bad(one.subject(), "leads nowhere: its map holds no next hop");
        List<NextHop> used = one.hops().stream()
                .distinct()
                .filter(hop -> slots.containsKey((long) hop.mark()))
                .toList();
        String text = used.stream()
                .map(hop -> hop.address() + " (" + slots.get((long) hop.mark()) + " of " + all + " slots)")
                .collect(Collectors.joining(", "));
        boolean answer = used.stream().allMatch(hop -> answers.to(ping(hop)).ok());
        return answer
                ? Finding.good(one.subject(), "goes over " + text)
                : Finding.bad(one.subject(), "goes over " + text + ", not all of which answer");
    }

    /** How many slots a mark has. */
    private static Map<Long, Integer> slots(SpreadConnections one, Answers answers) {
        Map<Long, Integer> out = new TreeMap<>();
        Answer.Output said = answers.to(held(one));
        if (!said.ok()) return out;
        JsonNode list = Json.object(held(one).argv().render(), said.stdout()).path("nftables");
        for (JsonNode object : list) {
            for (JsonNode element : object.path("map").path("elem"))
                out.merge(element.path(1).asLong(), 1, Integer::sum);
        }
        return out;
    }
}
