package org.linkctl.modules.linux.bond;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Finding;

/** What /proc/net/bonding/NAME says of a bond's health (kernel: bonding.rst, "Querying Bonding Configuration"). */
final class BondHealth {
    private static final String NOBODY = "00:00:00:00:00:00";

    private static final String LACP = " LACP";
    private static final String NO_MEMBER = "is no member";

    private BondHealth() {}

    static List<Finding> of(BondModule.Want want, String status) {
        Map<String, Map<String, String>> members = new LinkedHashMap<>();
        Map<String, String> device = new LinkedHashMap<>();
        Map<String, String> section = device;
        for (String line : status.lines().toList()) {
            int colon = line.indexOf(": ");
            if (colon < 0) continue;
            String key = line.substring(0, colon).strip();
            String value = line.substring(colon + 2).strip();
            if (key.equals("Slave Interface")) section = members.computeIfAbsent(value, name -> new LinkedHashMap<>());
            else section.putIfAbsent(key, value);
        }
        List<Finding> out = new ArrayList<>();
        for (String member : want.members()) out.add(member(want, member, members.getOrDefault(member, Map.of())));
        if (want.lacp()) out.add(negotiation(want, device, members));
        return out;
    }

    private static Finding member(BondModule.Want want, String member, Map<String, String> section) {
        String subject = want.name() + " " + member;
        String link = section.get("MII Status");
        if (link == null) return Finding.bad(subject, NO_MEMBER);
        return link.equals("up")
                ? Finding.good(subject, "up, " + section.getOrDefault("Speed", "speed unknown"))
                : Finding.bad(subject, "MII status " + link);
    }

    private static Finding negotiation(
            BondModule.Want want, Map<String, String> device, Map<String, Map<String, String>> members) {
        String subject = want.name() + LACP;
        String partner = device.getOrDefault("Partner Mac Address", NOBODY);
        if (partner.equals(NOBODY))
            return Finding.bad(subject, "no partner: the switch does not speak LACP on these ports");
        TreeSet<String> aggregators = new TreeSet<>();
        members.values().forEach(section -> aggregators.add(section.getOrDefault("Aggregator ID", "none")));
        if (aggregators.size() != 1) {
            return Finding.bad(subject, "members are in different aggregators: " + String.join(", ", aggregators));
        }
        String ports = device.getOrDefault("Number of ports", "?");
        return ports.equals(Integer.toString(want.members().size()))
                ? Finding.good(subject, "partner " + partner + ", one aggregator with " + ports + " ports")
                : Finding.bad(subject, ports + " of " + want.members().size() + " ports in the active aggregator");
    }

    /** @param status null: it is not there yet */
    static List<Diagnosis> diagnoses(BondModule.Want want, @Nullable String status) {
        if (status == null) {
            return want.lacp()
                    ? List.of(Diagnosis.notAsked(
                            want.name() + LACP, "it is not made yet; then it shows whether the switch takes part"))
                    : List.of();
        }
        return of(want, status).stream().map(found -> diagnosis(want, found)).toList();
    }

    private static Diagnosis diagnosis(BondModule.Want want, Finding found) {
        return switch (found.health()) {
            case GOOD -> Diagnosis.fine(found.subject(), found.text());
            case DOUBTFUL -> Diagnosis.doubtful(found.subject(), found.text(), "");
            case BAD -> Diagnosis.inTheWay(found.subject(), found.text(), cure(want, found));
        };
    }

    private static String cure(BondModule.Want want, Finding found) {
        String ports = String.join(", ", want.members());
        if (found.subject().endsWith(LACP)) {
            return "have the switch put the ports of " + ports + " into one group with LACP (IEEE 802.1AX) of its own;"
                    + " without such a switch: mode: ACTIVE_BACKUP";
        }
        return found.text().equals(NO_MEMBER)
                ? "`linkctl apply` makes it one, if `linkctl plan` shows no refusal"
                : "look at the cable, the port of the switch, and the speed that both offer (ethtool)";
    }
}
