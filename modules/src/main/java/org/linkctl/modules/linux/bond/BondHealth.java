package org.linkctl.modules.linux.bond;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.linkctl.spi.Finding;

/** What /proc/net/bonding/NAME says of a bond's health (kernel: bonding.rst, "Querying Bonding Configuration"). */
final class BondHealth {
    private static final String NOBODY = "00:00:00:00:00:00";

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
        if (link == null) return Finding.bad(subject, "is no member");
        return link.equals("up")
                ? Finding.good(subject, "up, " + section.getOrDefault("Speed", "speed unknown"))
                : Finding.bad(subject, "MII status " + link);
    }

    private static Finding negotiation(
            BondModule.Want want, Map<String, String> device, Map<String, Map<String, String>> members) {
        String subject = want.name() + " LACP";
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
}
