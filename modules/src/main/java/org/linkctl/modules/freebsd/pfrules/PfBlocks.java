package org.linkctl.modules.freebsd.pfrules;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Overlap;
import org.linkctl.model.Packets;
import org.linkctl.model.RulePackets;
import org.linkctl.modules.balancing.Destinations;
import org.linkctl.net.IpSet;

/**
 * The rules of the inventory that are for connections of a balance. Those are spread after all of these rules were
 * looked at, unless the last one that fits is a block: what it decided is told by a tag.
 */
final class PfBlocks {
    /** Connections of one family: they come in, and, where answers go by without the host, go out by the same interface. */
    private record Spread(Balance balance, boolean v6, Packets in, Packets out) {}

    private final List<Firewall.Rule> rules;
    private final List<List<Spread>> met = new ArrayList<>();

    PfBlocks(Fabric fabric, Host host) {
        Firewall firewall = fabric.one(Firewall.class, host).orElse(null);
        rules = firewall == null ? List.of() : firewall.rules();
        if (firewall == null) return;
        RulePackets packets = new RulePackets(firewall);
        List<Spread> all = spread(fabric, host);
        for (int i = 0; i < rules.size(); i++) {
            List<Spread> here = new ArrayList<>();
            for (Spread one : all) {
                Packets asked = packets.of(i, one.v6());
                if (asked.meets(one.in()) || asked.meets(one.out())) here.add(one);
            }
            met.add(here);
        }
    }

    private static List<Spread> spread(Fabric fabric, Host host) {
        List<Spread> out = new ArrayList<>();
        for (Balance balance : fabric.of(Balance.class, host)) {
            for (boolean v6 : new boolean[] {false, true}) {
                if (!Overlap.isFor(balance, v6)) continue;
                IpSet from = IpSet.of(Destinations.family(balance.from(), v6), v6);
                IpSet to = IpSet.of(Destinations.family(balance.to(), v6), v6);
                Packets in = new Packets(true, balance.inbound(), null, from, to, null);
                out.add(new Spread(balance, v6, in, new Packets(false, balance.inbound(), null, from, to, null)));
            }
        }
        return out;
    }

    /** Whether there is a block for connections of that family. */
    boolean any(Balance balance, boolean v6) {
        for (int i = 0; i < rules.size(); i++) {
            boolean meets = met.get(i).stream().anyMatch(one -> one.balance().equals(balance) && one.v6() == v6);
            if (meets && !rules.get(i).allow()) return true;
        }
        return false;
    }

    /** The tag that a rule gives to its packets; empty where nobody asks for it. */
    String tag(int index) {
        if (met.get(index).isEmpty()) return "";
        if (!rules.get(index).allow()) return PfTags.set(PfTags.BLOCKED);
        for (int i = 0; i < index; i++) {
            if (!rules.get(i).allow() && !met.get(i).isEmpty()) return PfTags.set(PfTags.ALLOWED);
        }
        return "";
    }
}
