package org.linkctl.modules.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@code nft -j list ruleset} prints (libnftables-json(5)). */
public final class Nftables {
    private Nftables() {}

    /** All chains of all tables of the families that carry IP. */
    public static List<Chain> read(JsonNode ruleset) {
        Map<String, JsonNode> chains = new LinkedHashMap<>();
        Map<String, List<Chain.Rule>> rules = new LinkedHashMap<>();
        for (JsonNode object : ruleset.path("nftables")) {
            JsonNode chain = object.path("chain");
            JsonNode rule = object.path("rule");
            if (chain.isObject()) chains.put(id(chain, "name"), chain);
            if (rule.isObject())
                rules.computeIfAbsent(id(rule, "chain"), name -> new ArrayList<>())
                        .addAll(rules(rule.path("expr")));
        }
        List<Chain> out = new ArrayList<>();
        chains.forEach((id, chain) -> {
            String family = chain.path("family").asText();
            if (!List.of("ip", "ip6", "inet").contains(family)) return;
            out.add(new Chain(
                    table(chain),
                    chain.path("name").asText(),
                    hook(chain),
                    chain.path("policy").asText().equals("drop"),
                    flow -> Sure.of(family.equals("inet") || family.equals("ip6") == flow.isV6()),
                    rules.getOrDefault(id, List.of())));
        });
        return List.copyOf(out);
    }

    private static String table(JsonNode of) {
        return of.path("family").asText() + " " + of.path("table").asText();
    }

    private static String id(JsonNode of, String name) {
        return table(of) + " " + of.path(name).asText();
    }

    private static Flow.@Nullable Hook hook(JsonNode chain) {
        if (!chain.path("type").asText().equals("filter")) return null;
        return switch (chain.path("hook").asText()) {
            case "input" -> Flow.Hook.INPUT;
            case "forward" -> Flow.Hook.FORWARD;
            default -> null;
        };
    }

    /** A rule with a verdict map is one rule for each of its elements. */
    private static List<Chain.Rule> rules(JsonNode expr) {
        List<Function<Flow, Sure>> tests = new ArrayList<>();
        List<Chain.Rule> out = new ArrayList<>();
        for (JsonNode statement : expr) {
            String kind = statement.isObject() && !statement.isEmpty()
                    ? statement.fieldNames().next()
                    : "";
            JsonNode value = statement.path(kind);
            switch (kind) {
                case "match" -> tests.add(flow -> NftMatch.of(value, flow));
                case "accept", "drop", "reject", "return", "jump", "goto" -> {
                    out.add(new Chain.Rule(all(tests), verdict(kind), target(value)));
                    return out;
                }
                case "vmap" -> {
                    out.addAll(verdicts(value, tests));
                    return out;
                }
                case "counter", "log", "mangle", "meter", "notrack", "set", "flow", "ct helper", "comment" -> {}
                // A limit, an extension of iptables that nft(8) cannot show, or whatever is newer than this.
                default -> tests.add(flow -> Sure.MAYBE);
            }
        }
        out.add(new Chain.Rule(all(tests), Chain.Verdict.CONTINUE, ""));
        return out;
    }

    private static List<Chain.Rule> verdicts(JsonNode vmap, List<Function<Flow, Sure>> tests) {
        List<Chain.Rule> out = new ArrayList<>();
        JsonNode elements = vmap.path("data").path("set");
        if (!elements.isArray()) return List.of(new Chain.Rule(all(tests), Chain.Verdict.UNKNOWN, ""));
        for (JsonNode pair : elements) {
            JsonNode verdict = pair.path(1);
            String kind = verdict.isObject() && !verdict.isEmpty()
                    ? verdict.fieldNames().next()
                    : "";
            List<Function<Flow, Sure>> more = new ArrayList<>(tests);
            more.add(flow -> NftMatch.of(vmap.path("key"), "==", pair.path(0), flow));
            out.add(new Chain.Rule(all(more), verdict(kind), target(verdict.path(kind))));
        }
        return out;
    }

    private static Chain.Verdict verdict(String kind) {
        return switch (kind) {
            case "accept" -> Chain.Verdict.ACCEPT;
            case "drop", "reject" -> Chain.Verdict.DROP;
            case "return" -> Chain.Verdict.RETURN;
            case "jump" -> Chain.Verdict.JUMP;
            case "goto" -> Chain.Verdict.GOTO;
            default -> Chain.Verdict.UNKNOWN;
        };
    }

    private static String target(JsonNode value) {
        return value.path("target").asText();
    }

    private static Function<Flow, Sure> all(List<Function<Flow, Sure>> tests) {
        List<Function<Flow, Sure>> fixed = List.copyOf(tests);
        return flow -> fixed.stream().map(test -> test.apply(flow)).reduce(Sure.YES, Sure::and);
    }
}
