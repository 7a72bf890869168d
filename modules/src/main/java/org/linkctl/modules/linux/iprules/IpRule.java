package org.linkctl.modules.linux.iprules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * A rule of ip-rule(8).
 *
 * @param words what it does for which packets, as ip(8) takes it and shows it
 */
public record IpRule(boolean v6, int priority, String words) implements Comparable<IpRule> {
    /** What else ip-rule(8) can say about packets, as ip(8) names it in its JSON (iproute2: ip/iprule.c, print_rule). */
    private static final List<String> OTHERS = List.of(
            "dst",
            "tos",
            "dscp",
            "oif",
            "l3mdev",
            "uid_start",
            "ipproto",
            "sport",
            "sport_start",
            "dport",
            "dport_start");

    /** All that the main table knows better than by a default route. */
    public static final String MAIN = "lookup main suppress_prefixlength 0";

    public static final String LOOKUP = "lookup ";

    /** ip(8) leaves out the length of a single address. */
    public static String shown(Cidr prefix) {
        return prefix.length() == (prefix.isV6() ? 128 : 32) ? prefix.address().toString() : prefix.toString();
    }

    private static Question.Command question(boolean v6) {
        return Question.command("ip", "-j", v6 ? "-6" : "-4", "rule", "show");
    }

    public static List<Question<?>> questions() {
        return List.of(question(false), question(true));
    }

    /** Those that are there. A kernel without IPv6 has none of that family. */
    public static Set<IpRule> read(Answers answers) {
        Set<IpRule> out = new TreeSet<>();
        for (boolean v6 : new boolean[] {false, true}) {
            Question.Command question = question(v6);
            Answer.Output said = answers.to(question);
            if (v6 && !said.ok()) continue;
            for (JsonNode rule : Json.objects(question.argv().render(), answers.stdout(question)))
                out.add(new IpRule(v6, Json.number(rule, "priority"), from(rule) + action(rule)));
        }
        return out;
    }

    private static String from(JsonNode rule) {
        String length = rule.has("srclen") ? "/" + rule.path("srclen").asInt() : "";
        String address = Ip.parse(rule.path("src").asText())
                .map(Ip::toString)
                .orElse(rule.path("src").asText());
        return (rule.has("not") ? "not " : "")
                + "from " + address + length
                + others(rule)
                + (rule.has("fwmark") ? " fwmark " + rule.path("fwmark").asText() : "")
                + (rule.has("fwmask") ? "/" + rule.path("fwmask").asText() : "")
                + (rule.has("iif") ? " iif " + rule.path("iif").asText() : "") + " ";
    }

    /** What linkctl's own rules never have, so that none with it is taken for one of these. */
    private static String others(JsonNode rule) {
        return OTHERS.stream()
                .filter(rule::has)
                .map(key -> " " + key + " " + rule.path(key).asText())
                .collect(Collectors.joining());
    }

    private static String action(JsonNode rule) {
        String table = rule.path("table").asText();
        if (table.isEmpty()) return rule.path("action").asText();
        return LOOKUP
                + table
                + (rule.has("suppress_prefixlen")
                        ? " suppress_prefixlength "
                                + rule.path("suppress_prefixlen").asInt()
                        : "");
    }

    public String family() {
        return v6 ? "-6" : "-4";
    }

    /** The last of its words: the table that it leads to, where it says so in its end. */
    public String last() {
        return words.substring(words.lastIndexOf(' ') + 1);
    }

    /** For a plan. */
    public String shown() {
        return family() + " " + priority + " " + words;
    }

    /** As the function {@code rules} of ip-rules.sh names it. */
    public String line() {
        return line(family(), Integer.toString(priority), words);
    }

    private static String line(String... words) {
        return "\"$1\" " + String.join(" ", Stream.of(words).map(Argv::quote).toList());
    }

    public Step removal() {
        return Step.run(command("del"), command("add"));
    }

    private Argv command(String verb) {
        List<String> out =
                new ArrayList<>(List.of("ip", family(), "rule", verb, "priority", Integer.toString(priority)));
        out.addAll(Arrays.asList(words.split(" ", -1)));
        if (verb.equals("add")) out.addAll(List.of("protocol", "kernel"));
        return new Argv(out);
    }

    @Override
    public int compareTo(IpRule other) {
        return shown().compareTo(other.shown());
    }
}
