package org.linkctl.modules.linux.policyrules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.model.Everything;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Route;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * A rule of ip-rule(8).
 *
 * @param words in the order in which ip(8) shows them
 */
record PolicyRule(boolean v6, int priority, String words) implements Comparable<PolicyRule> {
    /** Behind those of {@code balance} (990), which are for some of these packets. */
    private static final int NARROWER = 991;

    private static final int EVERYTHING = 992;

    /** Where the table leads nowhere. As a route in it, it would go with those that systemd-networkd removes. */
    private static final int NOTHING = 993;

    /** All that the main table knows better than by a default route comes first. */
    private static final String MAIN = "lookup main suppress_prefixlength 0";

    private static final String LOOKUP = "lookup ";

    private static final String NOBODY = "unreachable";

    /** Those of all routes of a host of which everything from some sources goes over tunnels. */
    static List<PolicyRule> of(Fabric fabric, Host host) {
        List<PolicyRule> out = new ArrayList<>();
        for (Route route : fabric.staticRoutes(host)) {
            for (Everything.Source source : Everything.of(fabric, route, host)) {
                boolean v6 = source.prefix().isV6();
                String from = "from " + shown(source.prefix()) + " iif " + source.device() + " ";
                out.add(new PolicyRule(v6, NARROWER, from + MAIN));
                out.add(new PolicyRule(v6, EVERYTHING, from + LOOKUP + Everything.table(route)));
                out.add(new PolicyRule(v6, NOTHING, from + NOBODY));
            }
        }
        return out.stream().distinct().sorted().toList();
    }

    /** ip(8) leaves out the length of a single address. */
    private static String shown(Cidr prefix) {
        return prefix.length() == (prefix.isV6() ? 128 : 32) ? prefix.address().toString() : prefix.toString();
    }

    private static Question.Command question(boolean v6) {
        return Question.command("ip", "-j", v6 ? "-6" : "-4", "rule", "show");
    }

    static List<Question<?>> questions() {
        return List.of(question(false), question(true));
    }

    /** Those that are there and are of linkctl's kind. A kernel without IPv6 has none of that family. */
    static Set<PolicyRule> read(Answers answers) {
        Set<PolicyRule> out = new TreeSet<>();
        for (boolean v6 : new boolean[] {false, true}) {
            Question.Command question = question(v6);
            Answer.Output said = answers.to(question);
            if (v6 && !said.ok()) continue;
            for (JsonNode rule : Json.objects(question.argv().render(), answers.stdout(question))) {
                int priority = Json.number(rule, "priority");
                action(priority, rule).ifPresent(action -> out.add(new PolicyRule(v6, priority, from(rule) + action)));
            }
        }
        return out;
    }

    /** What a rule of linkctl's does; empty for those of others. */
    private static Optional<String> action(int priority, JsonNode rule) {
        String table = rule.path("table").asText();
        if (priority == NARROWER && rule.path("suppress_prefixlen").asInt(-1) == 0) return Optional.of(MAIN);
        if (priority == EVERYTHING && isOurs(table)) return Optional.of(LOOKUP + table);
        if (priority == NOTHING && rule.path("action").asText().equals(NOBODY)) return Optional.of(NOBODY);
        return Optional.empty();
    }

    private static boolean isOurs(String table) {
        return table.matches("[0-9]{10}") && Long.parseLong(table) >> 16 == Everything.FIRST_TABLE >> 16;
    }

    private static String from(JsonNode rule) {
        String length = rule.has("srclen") ? "/" + rule.path("srclen").asInt() : "";
        String address = Ip.parse(rule.path("src").asText())
                .map(Ip::toString)
                .orElse(rule.path("src").asText());
        return "from " + address + length
                + (rule.has("iif") ? " iif " + rule.path("iif").asText() : "") + " ";
    }

    String family() {
        return v6 ? "-6" : "-4";
    }

    /** The table of its own that it leads to. */
    Optional<String> table() {
        return Optional.of(words.substring(words.lastIndexOf(' ') + 1)).filter(PolicyRule::isOurs);
    }

    /** For a plan. */
    String shown() {
        return family() + " " + priority + " " + words;
    }

    @Override
    public int compareTo(PolicyRule other) {
        return shown().compareTo(other.shown());
    }
}
