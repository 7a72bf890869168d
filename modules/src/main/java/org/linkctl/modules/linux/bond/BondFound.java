package org.linkctl.modules.linux.bond;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linkctl.model.Bond.LacpRate;
import org.linkctl.model.Bond.Mode;
import org.linkctl.model.Bond.XmitHash;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Value;
import org.linkctl.spi.Question;

/** The bonds that a host has, as {@code linkctl import} declares them. */
final class BondFound {
    /** What the language takes for granted where {@code miimon:} is not said. */
    private static final String MIIMON = "100";

    private BondFound() {}

    static List<Question<?>> questions() {
        return List.of(Links.question());
    }

    /** The order in which the kernel counts the members, of each bond. */
    static List<Question<?>> questions(Answers first) {
        return bonds(Links.from(first)).stream()
                .<Question<?>>map(bond -> order(bond.name()))
                .toList();
    }

    private static Question.ReadFile order(String bond) {
        return Question.file("/sys/class/net/" + bond + "/bonding/slaves");
    }

    private static List<Links.Link> bonds(Links links) {
        return links.byName().values().stream()
                .filter(link -> !link.bond().isEmpty())
                .toList();
    }

    static List<Found> read(Answers answers) {
        Links links = Links.from(answers);
        List<Found> out = new ArrayList<>();
        for (Links.Link bond : bonds(links)) {
            Found found = bond(bond, links, answers);
            out.add(found);
            if (found instanceof Found.Part) out.addAll(bond.unsaid("bond"));
        }
        return List.copyOf(out);
    }

    private static Found bond(Links.Link bond, Links links, Answers answers) {
        String name = bond.name();
        List<String> members = members(name, links, answers);
        if (members.isEmpty()) return new Found.Unsaid(name + ": a bond without members", "a bond has at least one");
        String mode = bond.bond().getOrDefault("mode", "");
        Optional<Mode> known = List.of(Mode.values()).stream()
                .filter(one -> one.kernel().equals(mode))
                .findFirst();
        if (known.isEmpty()) return unsaid(name, "mode " + mode, "LACP, ACTIVE_BACKUP and BALANCE_XOR");
        String hash = bond.bond().getOrDefault("xmit_hash_policy", "");
        Optional<XmitHash> policy = List.of(XmitHash.values()).stream()
                .filter(one -> one.kernel().equals(hash))
                .findFirst();
        if (policy.isEmpty()) return unsaid(name, "xmit_hash_policy " + hash, "those of hash:");
        Map<String, Value> out = new LinkedHashMap<>();
        out.put("mode", new Value.Constant(known.get()));
        out.put("hash", new Value.Constant(policy.get()));
        String miimon = bond.bond().getOrDefault("miimon", MIIMON);
        if (!miimon.equals(MIIMON)) out.put("miimon", Value.of(Long.parseLong(miimon)));
        if (known.get() == Mode.LACP
                && LacpRate.FAST.kernel().equals(bond.bond().get("lacp_rate")))
            out.put("lacpRate", new Value.Constant(LacpRate.FAST));
        out.put("members", Value.of(members));
        return new Found.Part(name, "bond", out);
    }

    private static Found unsaid(String name, String what, String known) {
        return new Found.Unsaid(name + ": a bond with " + what, "linkctl makes bonds with " + known);
    }

    private static List<String> members(String bond, Links links, Answers answers) {
        List<String> there = links.enslavedTo(bond);
        List<String> out = new ArrayList<>();
        for (String member : answers.to(order(bond)).orElse("").strip().split("\\s+", -1))
            if (there.contains(member)) out.add(member);
        for (String member : there) if (!out.contains(member)) out.add(member);
        return out;
    }
}
