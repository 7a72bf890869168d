package org.linkctl.modules.linux.iprules;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Rules of others that come first and have an answer for whatever is asked: the first one that leads somewhere counts (ip-rule(8)). */
public final class EarlierRules {
    private static final Pattern FROM = Pattern.compile("from (?<source>[0-9a-f.:/]+|all) (?<action>.*)");
    private static final Pattern ALL_BUT_MARKED = Pattern.compile("not from all fwmark \\S+ (?<action>.*)");
    private static final Pattern LOOKUP = Pattern.compile("lookup (?<table>\\S+)");
    private static final Set<String> NOWHERE = Set.of("unreachable", "blackhole", "prohibit");

    private EarlierRules() {}

    /**
     * Those that decide about packets from some addresses.
     *
     * @param priority of the first rule that they keep from being asked
     */
    public static List<IpRule> before(
            int priority, boolean v6, List<Ip> addresses, Collection<IpRule> all, DependentRoutes routes) {
        return all.stream()
                .filter(rule -> rule.v6() == v6 && rule.priority() < priority)
                .filter(rule -> decides(rule, addresses, routes))
                .toList();
    }

    private static boolean decides(IpRule rule, List<Ip> addresses, DependentRoutes routes) {
        Matcher marked = ALL_BUT_MARKED.matcher(rule.words());
        if (marked.matches()) return leads(marked.group("action"), rule.v6(), routes);
        Matcher from = FROM.matcher(rule.words());
        if (!from.matches() || !leads(from.group("action"), rule.v6(), routes)) return false;
        String source = from.group("source");
        if (source.equals("all")) return true;
        Cidr prefix =
                Cidr.parse(source).or(() -> Ip.parse(source).map(Cidr::host)).orElse(null);
        return prefix != null && addresses.stream().anyMatch(prefix::contains);
    }

    private static boolean leads(String action, boolean v6, DependentRoutes routes) {
        if (NOWHERE.contains(action)) return true;
        Matcher lookup = LOOKUP.matcher(action);
        return lookup.matches()
                && routes.hops().stream()
                        .anyMatch(hop -> hop.prefix().length() == 0
                                && hop.prefix().isV6() == v6
                                && hop.table().equals(lookup.group("table")));
    }
}
