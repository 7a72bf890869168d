package org.linkctl.modules.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.function.Function;
import java.util.function.Supplier;
import org.linkctl.net.Cidr;

/**
 * What {@code ipfw list} prints: a rule a line, the first that matches counts (ipfw(8)). A packet that is forwarded goes
 * through the rules twice, as it comes in and as it goes out.
 */
public final class Ipfw {
    static final String NAME = "ipfw";

    /** A port that the first packet of a connection comes from: none that rules name. */
    private static final int SOURCE_PORT = 49151;

    private final boolean out;
    private final List<Function<Flow, Sure>> tests = new ArrayList<>();

    private Ipfw(boolean out) {
        this.out = out;
    }

    /** The rules as each of their passes sees them. */
    public static List<Chain> read(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return List.of(
                chain("as it comes in", Flow.Hook.INPUT, false, lines),
                chain("as it comes in", Flow.Hook.FORWARD, false, lines),
                chain("as it goes out", Flow.Hook.FORWARD, true, lines));
    }

    private static Chain chain(String name, Flow.Hook hook, boolean out, List<String> lines) {
        List<Chain.Rule> rules = new ArrayList<>();
        for (String line : lines) rules.add(new Ipfw(out).rule(List.of(line.split("\\s+", -1))));
        return new Chain(NAME, name, hook, false, flow -> Sure.YES, rules);
    }

    private Chain.Rule rule(List<String> words) {
        int from = words.indexOf("from");
        int to = words.indexOf("to");
        String action = words.size() > 1 ? words.get(1) : "";
        if (action.equals("check-state")) return new Chain.Rule(flow -> Sure.NO, Chain.Verdict.CONTINUE, "");
        if (from < 3 || to < from + 2 || to + 1 >= words.size())
            return new Chain.Rule(flow -> Sure.MAYBE, Chain.Verdict.UNKNOWN, "");
        protocol(words.subList(2, from));
        ListIterator<String> source = words.subList(from + 1, to).listIterator();
        host(source, Flow::from, false);
        rest(source, true);
        ListIterator<String> rest = words.subList(to + 1, words.size()).listIterator();
        host(rest, Flow::to, true);
        rest(rest, false);
        List<Function<Flow, Sure>> all = List.copyOf(tests);
        return new Chain.Rule(
                flow -> all.stream().map(test -> test.apply(flow)).reduce(Sure.YES, Sure::and), verdict(action), "");
    }

    private static Chain.Verdict verdict(String action) {
        return switch (action) {
            case "allow", "accept", "pass", "permit" -> Chain.Verdict.ACCEPT;
            case "deny", "drop", "reject", "reset", "reset6", "unreach", "unreach6", "abort", "abort6" ->
                Chain.Verdict.DROP;
            case "count" -> Chain.Verdict.CONTINUE;
            // It goes on elsewhere: to another rule, through NAT, to another program.
            default -> Chain.Verdict.UNKNOWN;
        };
    }

    /** The last word; before it stand what belongs to the action, and whether it is logged. */
    private void protocol(List<String> words) {
        String name = words.getLast();
        tests.add(flow -> switch (name) {
            case "ip", "all" -> Sure.YES;
            case "ip4", "ipv4" -> Sure.of(!flow.isV6());
            case "ip6", "ipv6" -> Sure.of(flow.isV6());
            case "}" -> Sure.MAYBE;
            default -> IptablesMatch.protocol(name, flow);
        });
        if (words.contains("prob")) tests.add(flow -> Sure.MAYBE);
    }

    private void host(ListIterator<String> words, Function<Flow, Cidr> address, boolean destination) {
        if (!words.hasNext()) return;
        String word = words.next();
        tests.add(flow -> switch (word) {
            case "any" -> Sure.YES;
            case "me", "me6" -> Sure.of(destination && flow.hook() == Flow.Hook.INPUT);
            default -> Iptables.inside(word, address.apply(flow));
        });
    }

    private void rest(ListIterator<String> words, boolean source) {
        while (words.hasNext()) {
            String word = words.next();
            Supplier<String> value = () -> words.hasNext() ? words.next() : "";
            switch (word) {
                case "//" -> {
                    return;
                }
                case "in" -> tests.add(flow -> Sure.of(!out));
                case "out" -> tests.add(flow -> Sure.of(out));
                case "via" -> device(value.get(), out);
                case "xmit" -> {
                    if (out) device(value.get(), true);
                    else never(value.get());
                }
                case "recv" -> device(value.get(), false);
                case "dst-port" -> ports(value.get(), false);
                case "src-port" -> ports(value.get(), true);
                case "setup" -> tests.add(flow -> Sure.of(flow.protocol().equals("tcp")));
                case "established", "frag", "icmptypes", "icmp6types" -> tests.add(flow -> Sure.NO);
                case "keep-state", "record-state", "set-limit" -> {}
                default -> {
                    if (word.matches("[0-9][0-9,-]*")) ports(word, source);
                    else if (!word.startsWith(":")) tests.add(flow -> Sure.MAYBE);
                }
            }
        }
    }

    /** Of a packet that comes in, where it leaves is not decided yet. */
    private void never(String device) {
        tests.add(flow -> Sure.of(device.isEmpty()));
    }

    private void device(String pattern, boolean leaving) {
        String plain = pattern.endsWith("*") ? pattern.substring(0, pattern.length() - 1) + "+" : pattern;
        tests.add(flow -> IptablesMatch.device(plain, leaving ? flow.out() : flow.in(), true));
    }

    private void ports(String list, boolean source) {
        tests.add(flow -> source ? Iptables.ports(list, SOURCE_PORT) : Iptables.ports(list, flow));
    }
}
