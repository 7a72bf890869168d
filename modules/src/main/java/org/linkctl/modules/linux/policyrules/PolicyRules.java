package org.linkctl.modules.linux.policyrules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.linkctl.model.Everything;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Route;
import org.linkctl.modules.linux.iprules.IpRule;

/** The rules by which everything from some sources goes over tunnels. */
final class PolicyRules {
    /** Behind those of {@code balance} (990), which are for some of these packets. */
    private static final int NARROWER = 991;

    private static final int EVERYTHING = 992;

    /** Where the table leads nowhere. As a route in it, it would go with those that systemd-networkd removes. */
    private static final int NOTHING = 993;

    private static final String NOBODY = "unreachable";

    private PolicyRules() {}

    /** Those of all routes of a host of which everything from some sources goes over tunnels. */
    static List<IpRule> of(Fabric fabric, Host host) {
        List<IpRule> out = new ArrayList<>();
        for (Route route : fabric.staticRoutes(host)) {
            for (Everything.Source source : Everything.of(fabric, route, host)) {
                boolean v6 = source.prefix().isV6();
                String from = "from " + IpRule.shown(source.prefix()) + " iif " + source.device() + " ";
                out.add(new IpRule(v6, NARROWER, from + IpRule.MAIN));
                out.add(new IpRule(v6, EVERYTHING, from + IpRule.LOOKUP + Everything.table(route)));
                out.add(new IpRule(v6, NOTHING, from + NOBODY));
            }
        }
        return out.stream().distinct().sorted().toList();
    }

    /** Those of linkctl's kind. */
    static Set<IpRule> among(Set<IpRule> all) {
        return all.stream().filter(PolicyRules::isOurs).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOurs(IpRule rule) {
        return switch (rule.priority()) {
            case NARROWER -> rule.words().endsWith(IpRule.MAIN);
            case EVERYTHING -> table(rule).isPresent();
            case NOTHING -> rule.words().endsWith(NOBODY);
            default -> false;
        };
    }

    /** The table of its own that it leads to. */
    static Optional<String> table(IpRule rule) {
        return Optional.of(rule.last())
                .filter(table ->
                        table.matches("[0-9]{10}") && Long.parseLong(table) >> 16 == Everything.FIRST_TABLE >> 16);
    }
}
