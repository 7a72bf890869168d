package org.linkctl.modules.freebsd.vlan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.freebsd.kernel.InterfaceKinds;
import org.linkctl.modules.freebsd.kernel.InterfaceText;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Value;
import org.linkctl.spi.Question;

/** The VLANs that a host has, as {@code linkctl import} declares them. */
final class VlanFound {
    private VlanFound() {}

    static List<Question<?>> questions() {
        return List.of(Ifconfig.question());
    }

    static List<Found> read(Answers answers) {
        InterfaceKinds kinds = InterfaceKinds.read(answers);
        List<Found> out = new ArrayList<>();
        for (String name : kinds.all("vlan"))
            VlanSetup.read(InterfaceText.of(name, answers)).ifPresent(setup -> out.add(vlan(name, setup, kinds)));
        return List.copyOf(out);
    }

    private static Found vlan(String name, VlanSetup setup, InterfaceKinds kinds) {
        if (!setup.carried()) return unsaid(name, "of no interface", "on: names an interface of the host");
        if (!setup.isUsual()) return unsaid(name, "of " + setup.protocol(), "linkctl makes those of IEEE 802.1Q");
        String on = setup.on();
        if (kinds.of(on).equals("vlan")) return unsaid(name, "in the VLAN " + on, "linkctl makes no VLANs in VLANs");
        String owner = kinds.owners().get(on);
        if (owner != null)
            return unsaid(
                    name,
                    "on " + on + ", a member of " + owner,
                    "linkctl makes VLANs on no member of a bond or a" + " bridge");
        Map<String, Value> out = new LinkedHashMap<>();
        out.put("on", Value.of(on));
        out.put("id", Value.of(setup.number()));
        return new Found.Part(name, "vlan", out);
    }

    private static Found unsaid(String name, String what, String why) {
        return new Found.Unsaid(name + ": a VLAN " + what, why);
    }
}
