package org.linkctl.modules.linux.uplinks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.modules.linux.iprules.IpRule;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Value;

/** The rules of ip-rule(8) that a host has, as {@code linkctl import} declares them. */
final class UplinksFound {
    private static final Pattern ROUTE =
            Pattern.compile("(?<family>-[46]) default via (?<gateway>\\S+) dev (?<device>\\S+) table (?<table>\\S+)");

    /** Those that every host has (ip-rule(8), DESCRIPTION). */
    private static final Set<String> USUAL =
            Set.of("0 from all lookup local", "32766 from all lookup main", "32767 from all lookup default");

    private UplinksFound() {}

    /** @param routes of the tables of uplinks */
    static List<Found> of(Set<IpRule> rules, Set<String> routes) {
        Set<IpRule> ours = Uplink.KIND.among(rules);
        Map<String, Set<String>> gateways = new LinkedHashMap<>();
        for (String text : routes) {
            Matcher route = ROUTE.matcher(text);
            if (!route.matches()) continue;
            boolean led = ours.stream()
                    .anyMatch(rule -> rule.family().equals(route.group("family"))
                            && rule.last().equals(route.group("table")));
            if (led)
                gateways.computeIfAbsent(route.group("device"), any -> new LinkedHashSet<>())
                        .add(route.group("gateway"));
        }
        List<Found> out = new ArrayList<>();
        gateways.forEach((device, all) ->
                out.add(new Found.Part(device, null, Map.of("replyTo", Value.of(List.copyOf(all))))));
        for (IpRule rule : rules) {
            if (ours.contains(rule) || USUAL.contains(rule.priority() + " " + rule.words())) continue;
            out.add(new Found.Unsaid(
                    "rule of ip-rule(8) " + rule.shown(),
                    "replyTo: of an interface has what was asked by it answered through a neighbour, everythingFrom: of a route"
                            + " sends what comes from some sources over tunnels; nothing else is led by rules"));
        }
        return List.copyOf(out);
    }
}
