package org.linkctl.modules.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** What iptables-save(8) and ip6tables-save(8) print: tables, their chains, and a rule a line (iptables(8), iptables-extensions(8)). */
public final class Iptables {
    private static final Pattern CHAIN = Pattern.compile(":(?<name>\\S+) (?<policy>\\S+).*");
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");

    /** Loopback and multicast (RFC 6890, RFC 5771, RFC 4291): no end of a declared flow is there. */
    private static final List<Cidr> HERE_ONLY =
            List.of(Cidr.of("127.0.0.0/8"), Cidr.of("::1/128"), Cidr.of("224.0.0.0/4"), Cidr.of("ff00::/8"));

    private final boolean v6;
    private final List<Chain> out = new ArrayList<>();
    private final Map<String, Boolean> drops = new LinkedHashMap<>();
    private final Map<String, List<Chain.Rule>> rules = new LinkedHashMap<>();
    private String table = "";

    private Iptables(boolean v6) {
        this.v6 = v6;
    }

    /** All chains of all tables. */
    public static List<Chain> read(String text, boolean v6) {
        Iptables reader = new Iptables(v6);
        text.lines().forEach(reader::line);
        reader.end();
        return List.copyOf(reader.out);
    }

    private void line(String line) {
        Matcher chain = CHAIN.matcher(line);
        if (line.startsWith("*")) {
            end();
            table = line.substring(1).strip();
        } else if (chain.matches()) {
            drops.put(chain.group("name"), chain.group("policy").equals("DROP"));
            rules.computeIfAbsent(chain.group("name"), name -> new ArrayList<>());
        } else if (line.startsWith("-A ")) {
            List<String> words = words(line);
            if (words.size() > 1)
                rules.computeIfAbsent(words.get(1), name -> new ArrayList<>())
                        .add(rule(words.subList(2, words.size())));
        } else if (line.equals("COMMIT")) {
            end();
        }
    }

    private static List<String> words(String line) {
        List<String> out = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) out.add(word.group(1) == null ? word.group(2) : word.group(1));
        return out;
    }

    private void end() {
        rules.forEach((name, list) -> out.add(new Chain(
                (v6 ? "ip6tables " : "iptables ") + table,
                name,
                hook(name),
                drops.getOrDefault(name, false),
                flow -> Sure.of(flow.isV6() == v6),
                list)));
        drops.clear();
        rules.clear();
    }

    /** In the table nat every first packet is looked at, too, but nothing is to be dropped there (iptables(8)). */
    private Flow.@Nullable Hook hook(String chain) {
        if (table.equals("nat")) return null;
        return switch (chain) {
            case "INPUT" -> Flow.Hook.INPUT;
            case "FORWARD" -> Flow.Hook.FORWARD;
            default -> null;
        };
    }

    private static Chain.Rule rule(List<String> words) {
        List<Function<Flow, Sure>> tests = new ArrayList<>();
        Chain.Verdict verdict = Chain.Verdict.CONTINUE;
        String target = "";
        ListIterator<String> rest = words.listIterator();
        boolean not = false;
        while (rest.hasNext()) {
            String option = rest.next();
            if (option.equals("!")) {
                not = true;
                continue;
            }
            if (!option.startsWith("-")) continue; // More of an option that is not known.
            String value = value(rest);
            if (option.equals("-j") || option.equals("-g")) {
                verdict = verdict(option, value);
                target = value;
                break; // What follows is the target's own.
            }
            if (!option.equals("-m") && !option.equals("--comment")) {
                Function<Flow, Sure> test = flow -> IptablesMatch.of(option, value, flow);
                tests.add(not ? flow -> test.apply(flow).not() : test);
            }
            not = false;
        }
        return new Chain.Rule(all(tests), verdict, target);
    }

    /** Some options have none, such as {@code --syn}: then another option follows, or its negation. */
    private static String value(ListIterator<String> rest) {
        if (!rest.hasNext()) return "";
        String next = rest.next();
        if (!next.equals("!") && !next.matches("--?[a-zA-Z].*")) return next;
        rest.previous();
        return "";
    }

    private static Function<Flow, Sure> all(List<Function<Flow, Sure>> tests) {
        return flow -> tests.stream().map(test -> test.apply(flow)).reduce(Sure.YES, Sure::and);
    }

    private static Chain.Verdict verdict(String option, String target) {
        if (option.equals("-g")) return Chain.Verdict.GOTO;
        return switch (target) {
            case "ACCEPT" -> Chain.Verdict.ACCEPT;
            case "DROP", "REJECT" -> Chain.Verdict.DROP;
            case "RETURN" -> Chain.Verdict.RETURN;
            case "LOG",
                    "NFLOG",
                    "MARK",
                    "CONNMARK",
                    "TCPMSS",
                    "TOS",
                    "DSCP",
                    "CLASSIFY",
                    "TRACE",
                    "SET",
                    "CT",
                    "CHECKSUM",
                    "TTL",
                    "HL",
                    "SECMARK",
                    "CONNSECMARK",
                    "RATEEST",
                    "AUDIT",
                    "NOTRACK" -> Chain.Verdict.CONTINUE;
            case "QUEUE", "NFQUEUE", "TEE", "TPROXY", "SYNPROXY" -> Chain.Verdict.UNKNOWN;
            default -> Chain.Verdict.JUMP;
        };
    }

    /** Whether the program that printed it works on nf_tables, whose chains nft(8) shows as well. */
    public static boolean onNftables(String text) {
        return text.lines().limit(1).anyMatch(line -> line.contains("(nf_tables)"));
    }

    /** Whether an address of a network is in one of these prefixes. */
    static Sure inside(String prefixes, Cidr network) {
        Sure out = Sure.NO;
        for (String prefix : prefixes.split(",", -1)) {
            Cidr cidr = Cidr.parse(prefix)
                    .or(() -> Ip.parse(prefix).map(Cidr::host))
                    .orElse(null);
            if (cidr == null) out = Sure.MAYBE;
            else if (cidr.contains(network)) return Sure.YES;
            else if (cidr.overlaps(network) && HERE_ONLY.stream().noneMatch(one -> one.contains(cidr)))
                out = Sure.MAYBE;
        }
        return out;
    }

    /**
     * Whether a packet is for one of these ports. Who lets only some ports pass between two networks means to, so what is
     * forwarded may be for any port that a rule is about.
     */
    static Sure ports(String text, Flow flow) {
        if (flow.hook() == Flow.Hook.INPUT) return ports(text, flow.port());
        boolean all = Arrays.stream(text.split(",", -1))
                .anyMatch(one -> ports(one, 1) == Sure.YES && ports(one, 65535) == Sure.YES);
        return all ? Sure.YES : Sure.MAYBE;
    }

    /** Single ports and ranges, with a colon as iptables has them or a dash as nft has. */
    static Sure ports(String text, int port) {
        boolean known = true;
        for (String one : Arrays.asList(text.split(",", -1))) {
            String[] ends = one.strip().split("[:-]", -1);
            boolean numbers = ends.length <= 2 && Arrays.stream(ends).allMatch(end -> end.matches("[0-9]{0,5}"));
            if (!numbers) {
                known = false;
                continue;
            }
            int first = ends[0].isEmpty() ? 0 : Integer.parseInt(ends[0]);
            int last = ends.length == 1 ? first : ends[1].isEmpty() ? 65535 : Integer.parseInt(ends[1]);
            if (first <= port && port <= last) return Sure.YES;
        }
        return known ? Sure.NO : Sure.MAYBE;
    }
}
