package org.linkctl.modules.freebsd.bridge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.freebsd.kernel.InterfaceKinds;
import org.linkctl.modules.freebsd.kernel.InterfaceText;
import org.linkctl.modules.freebsd.rc.RcConf;
import org.linkctl.modules.freebsd.rc.RcFiles;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Value;
import org.linkctl.spi.Question;

/**
 * The bridges that a host has, as {@code linkctl import} declares them: those that rc.conf(5) makes. Others are made by
 * programs that look after them themselves, such as those of jails and virtual machines.
 */
final class BridgeFound {
    private static final List<String> CLONED = List.of("cloned_interfaces");

    /** What virtual machines and jails have at a bridge comes and goes with them. */
    private static final Set<String> GUESTS = Set.of("tap", "epair", "vm-port", "vmnet");

    private BridgeFound() {}

    static List<Question<?>> questions() {
        return List.of(Ifconfig.question(), RcConf.question(CLONED), RcFiles.question());
    }

    static List<Found> read(Answers answers) {
        InterfaceKinds kinds = InterfaceKinds.read(answers);
        String cloned = RcConf.read(CLONED, answers).get(CLONED.getFirst());
        List<String> made = cloned == null ? List.of() : List.of(cloned.strip().split("\\s+", -1));
        List<Found> out = new ArrayList<>();
        for (String name : kinds.all("bridge")) {
            if (made.contains(name) || RcFiles.read(answers).contains("linkctl-bridge-" + name))
                made(name, InterfaceText.of(name, answers), kinds, out);
            else
                out.add(new Found.Unsaid(
                        name + ": a bridge",
                        "cloned_interfaces of rc.conf does not make it: whoever did looks after it"));
        }
        return List.copyOf(out);
    }

    private static void made(String name, String text, InterfaceKinds kinds, List<Found> out) {
        BridgeSetup setup = BridgeSetup.read(text).orElse(null);
        if (setup == null) return;
        out.add(bridge(name, setup, kinds));
        for (String option : BridgeSetup.otherwise(text))
            out.add(
                    new Found.Unsaid(
                            name + ": " + option,
                            "bridge has no attribute for it: what makes it by linkctl's file, at a boot too, makes it without"));
    }

    private static Found bridge(String name, BridgeSetup setup, InterfaceKinds kinds) {
        List<String> members = setup.members().keySet().stream()
                .filter(member -> !GUESTS.contains(kinds.of(member)))
                .toList();
        Map<String, Value> out = new LinkedHashMap<>();
        if (!members.isEmpty()) out.put("members", Value.of(members));
        if (members.stream().anyMatch(member -> setup.members().getOrDefault(member, false)))
            out.put("stp", new Value.Flag(true));
        return new Found.Part(name, "bridge", out);
    }
}
