package org.linkctl.modules.freebsd.bond;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.model.Bond.LacpRate;
import org.linkctl.model.Bond.Mode;
import org.linkctl.model.Bond.XmitHash;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.freebsd.kernel.InterfaceKinds;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Value;
import org.linkctl.spi.Question;

/** The bonds that a host has, as {@code linkctl import} declares them. */
final class BondFound {
    private static final Map<String, Mode> MODES =
            Map.of(LaggSetup.LACP, Mode.LACP, "failover", Mode.ACTIVE_BACKUP, "loadbalance", Mode.BALANCE_XOR);

    private static final Map<String, XmitHash> HASHES =
            Map.of("l2", XmitHash.LAYER2, "l2,l3", XmitHash.LAYER2_3, "l3,l4", XmitHash.LAYER3_4);

    private BondFound() {}

    static List<Question<?>> questions() {
        return List.of(Ifconfig.question());
    }

    /** With -v its options are shown. */
    static List<Question<?>> questions(Answers first) {
        return names(first).stream().<Question<?>>map(BondFound::show).toList();
    }

    private static List<String> names(Answers answers) {
        return InterfaceKinds.read(answers).all("bond");
    }

    private static Question.Command show(String name) {
        return new BondModule.Want(name, null, List.of()).show();
    }

    static List<Found> read(Answers answers) {
        List<Found> out = new ArrayList<>();
        for (String name : names(answers)) {
            LaggSetup setup = LaggSetup.read(name, answers.to(show(name)));
            if (setup == null) continue;
            bond(name, setup, out);
            if (!MODES.containsKey(setup.proto()) || setup.members().isEmpty()) continue;
            for (String option : LaggSetup.otherwise(answers.to(show(name)).stdout()))
                out.add(
                        new Found.Unsaid(
                                name + ": " + option,
                                "bond has no attribute for it: what makes it by linkctl's file, at a boot too, makes it without"));
        }
        return List.copyOf(out);
    }

    private static void bond(String name, LaggSetup setup, List<Found> out) {
        Mode mode = MODES.get(setup.proto());
        if (mode == null || setup.members().isEmpty()) {
            out.add(
                    mode == null
                            ? new Found.Unsaid(
                                    name + ": a bond with laggproto " + setup.proto(),
                                    "linkctl makes bonds with LACP, ACTIVE_BACKUP and BALANCE_XOR")
                            : new Found.Unsaid(name + ": a bond without members", "a bond has at least one"));
            return;
        }
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("mode", new Value.Constant(mode));
        values.put("hash", new Value.Constant(HASHES.getOrDefault(setup.hash(), XmitHash.LAYER3_4)));
        if (setup.fast()) values.put("lacpRate", new Value.Constant(LacpRate.FAST));
        values.put("members", Value.of(setup.members()));
        out.add(new Found.Part(name, "bond", values));
        // The default of lagg(4) is all three layers.
        if (!HASHES.containsKey(setup.hash()))
            out.add(new Found.Unsaid(
                    name + ": lagghash " + setup.hash(),
                    "hash: has none of these layers together, LAYER3_4 is the nearest: an apply sets it, which may move"
                            + " a flow to another member"));
    }
}
