package org.linkctl.modules.linux.stack;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.model.Bond.LacpRate;
import org.linkctl.model.Bond.Mode;
import org.linkctl.model.Bond.XmitHash;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;

/**
 * A bond as it has to be made, live and at boot (kernel: Documentation/networking/bonding.rst; ip-link(8)).
 *
 * @param miimon milliseconds between two looks at the members' links
 * @param members in the order in which they are enslaved, which is the one that the kernel counts them in
 * @param mac its address on the wire, in lower case; empty: what the kernel makes of it
 * @param ip its addresses and its MTU, where one file says all of an interface
 */
public record BondConfig(
        String name,
        Mode mode,
        XmitHash hash,
        int miimon,
        LacpRate lacpRate,
        List<String> members,
        String mac,
        InterfaceConfig ip) {
    public BondConfig {
        members = List.copyOf(members);
    }

    boolean lacp() {
        return mode == Mode.LACP;
    }

    /** What makes a bond where there is none, live and at boot. */
    public List<Step.Run> creation() {
        List<Step.Run> out = new ArrayList<>();
        // Loaded by itself, the driver would make a bond0 of its own.
        out.add(new Step.Run(Argv.of("modprobe", "bonding", "max_bonds=0"), List.of()));
        List<String> words = new ArrayList<>(List.of("ip", "link", "add", name));
        if (!mac.isEmpty()) words.addAll(List.of("address", mac));
        words.addAll(List.of("type", "bond", "mode", mode.kernel()));
        words.addAll(List.of("xmit_hash_policy", hash.kernel(), "miimon", Integer.toString(miimon)));
        if (lacp()) words.addAll(List.of("lacp_rate", lacpRate.kernel()));
        out.add(new Step.Run(new Argv(words), List.of(Argv.of("ip", "link", "delete", name))));
        for (String member : members) out.addAll(enslaving(member));
        out.add(set(name, List.of("up"), List.of("down")));
        return out;
    }

    /** Only an interface that is down can be enslaved; the bond brings it up. */
    public List<Step.Run> enslaving(String member) {
        return List.of(
                set(member, List.of("down"), List.of("up")), set(member, List.of("master", name), List.of("nomaster")));
    }

    private static Step.Run set(String device, List<String> words, List<String> back) {
        return new Step.Run(set(device, words), List.of(set(device, back)));
    }

    private static Argv set(String device, List<String> words) {
        List<String> all = new ArrayList<>(List.of("ip", "link", "set", device));
        all.addAll(words);
        return new Argv(all);
    }
}
