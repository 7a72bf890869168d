package org.linkctl.modules.linux.vlan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Value;
import org.linkctl.spi.Question;

/** The VLANs that a host has, as {@code linkctl import} declares them. */
final class VlanFound {
    private VlanFound() {}

    static List<Question<?>> questions() {
        return List.of(Links.question());
    }

    static List<Found> read(Answers answers) {
        Links links = Links.from(answers);
        List<Found> out = new ArrayList<>();
        for (Links.Link link : links.byName().values()) {
            if (!link.kind().equals("vlan")) continue;
            Found found = vlan(link, links);
            out.add(found);
            if (found instanceof Found.Part) out.addAll(link.unsaid("vlan"));
        }
        return List.copyOf(out);
    }

    private static Found vlan(Links.Link vlan, Links links) {
        String on = vlan.on();
        String protocol = vlan.options().getOrDefault("protocol", "");
        if (!protocol.equalsIgnoreCase("802.1Q"))
            return unsaid(vlan, "of " + protocol, "linkctl makes those of IEEE 802.1Q");
        Links.Link carrier = on == null ? null : links.link(on).orElse(null);
        if (carrier == null) return unsaid(vlan, "whose carrier is not seen", "on: names an interface of the host");
        if (carrier.kind().equals("vlan")) return unsaid(vlan, "in the VLAN " + on, "linkctl makes no VLANs in VLANs");
        if (carrier.master() != null)
            return unsaid(
                    vlan,
                    "on " + on + ", a member of " + carrier.master(),
                    "linkctl makes VLANs on a bond or a bridge, and not on its members");
        Map<String, Value> out = new LinkedHashMap<>();
        out.put("on", Value.of(carrier.name()));
        out.put("id", Value.of(Long.parseLong(vlan.options().getOrDefault("id", "0"))));
        return new Found.Part(vlan.name(), "vlan", out);
    }

    private static Found unsaid(Links.Link vlan, String what, String why) {
        return new Found.Unsaid(vlan.name() + ": a VLAN " + what, why);
    }
}
