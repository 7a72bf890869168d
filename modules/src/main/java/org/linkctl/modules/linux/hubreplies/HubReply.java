package org.linkctl.modules.linux.hubreplies;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.KeptSources;
import org.linkctl.modules.linux.iprules.IpRule;
import org.linkctl.modules.linux.marks.Numbers;
import org.linkctl.shell.Argv;

/**
 * What is asked by the interface of a hub from anywhere, of one address family, and answered by it.
 *
 * @param number of the mark of what was asked so, and of the routing table that leads to the hub
 */
record HubReply(KeptSources kept, int number) {
    /**
     * Before those of uplinks (986): an answer by a narrower route, to a client on a network of the spoke, would have another
     * source address than the one that the client called.
     */
    private static final int MARKED = 982;

    /** While the interface is down nothing of it leaves in clear. */
    private static final int NOWHERE = 983;

    /** Whoever asks the spoke's address on the hub by another interface is answered there. */
    private static final int FROM_NARROWER = 984;

    /** The mark alone would not do where there is no default route: an answer is routed before nftables sees it. */
    private static final int FROM = 985;

    /** Whatever comes before is for others to say. */
    static final int FIRST = MARKED;

    static final int LAST = FROM;

    private static final String NOBODY = "unreachable";

    static List<HubReply> of(Fabric fabric, Host host) {
        List<KeptSources> all = KeptSources.of(fabric, host);
        Map<String, Integer> numbers = Numbers.of(
                Numbers.HUBS, all.stream().map(kept -> kept.hub().name()).toList());
        return all.stream()
                .map(kept -> new HubReply(
                        kept, Objects.requireNonNull(numbers.get(kept.hub().name()))))
                .toList();
    }

    String device() {
        return kept.hub().name();
    }

    boolean v6() {
        return kept.v6();
    }

    String table() {
        return Integer.toString(number);
    }

    /** For messages. */
    String subject() {
        return "answers over hub " + device() + (v6() ? " IPv6" : " IPv4");
    }

    /** As the module shows it. */
    String route() {
        return (v6() ? "-6" : "-4") + " default dev " + device() + " table " + table();
    }

    /** As the program's function {@code routes} names it. */
    String line() {
        return "\"$1\" " + (v6() ? "-6 " : "-4 ") + table() + " " + Argv.quote(device());
    }

    List<IpRule> rules() {
        String marked = "from all fwmark " + Numbers.shown(number) + " ";
        String from = "from " + kept.address().text() + " ";
        return List.of(
                new IpRule(v6(), MARKED, marked + IpRule.LOOKUP + table()),
                new IpRule(v6(), NOWHERE, marked + NOBODY),
                new IpRule(v6(), FROM_NARROWER, from + IpRule.MAIN),
                new IpRule(v6(), FROM, from + IpRule.LOOKUP + table()));
    }

    static List<IpRule> rules(Collection<HubReply> all) {
        List<IpRule> out = new ArrayList<>();
        all.forEach(reply -> out.addAll(reply.rules()));
        return out.stream().distinct().sorted().toList();
    }

    /** Those of linkctl's kind. */
    static Set<IpRule> among(Set<IpRule> all) {
        return all.stream().filter(HubReply::isOurs).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOurs(IpRule rule) {
        return switch (rule.priority()) {
            case MARKED, FROM -> isTable(rule.last());
            case NOWHERE -> rule.words().endsWith(NOBODY);
            case FROM_NARROWER -> rule.words().endsWith(IpRule.MAIN);
            default -> false;
        };
    }

    /** Whether a rule leads to a hub. */
    static boolean leads(IpRule rule) {
        return isTable(rule.last());
    }

    /** Whether a routing table is one of these. */
    static boolean isTable(String table) {
        return Numbers.isIn(Numbers.HUBS, table);
    }
}
