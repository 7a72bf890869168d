package org.linkctl.modules.linux;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Bond.LacpRate;
import org.linkctl.model.Bond.Mode;
import org.linkctl.model.Bond.XmitHash;
import org.linkctl.model.Os;
import org.linkctl.shell.Question;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Module;
import org.linkctl.spi.Published;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/** Bonds: the device, its options and its members (kernel: Documentation/networking/bonding.rst). */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class Bond implements Module<Bond.Want, Bond.Facts> {
    /**
     * A bond as declared; the addresses are another module's.
     *
     * @param others the host's other bonds: a member may move from one to another
     */
    public record Want(
            String name,
            Mode mode,
            XmitHash hash,
            int miimon,
            LacpRate lacpRate,
            List<String> members,
            Set<String> others)
            implements Resource {
        @Override
        public String id() {
            return "linux.bond[" + name + "]";
        }

        @Override
        public Set<String> provides() {
            return Set.of("interface:" + name);
        }

        @Override
        public Set<String> needs() {
            return Set.of("package:ifenslave");
        }

        boolean lacp() {
            return mode == Mode.LACP;
        }
    }

    /**
     * What the kernel has, and the files that make it at boot.
     *
     * @param order the members, as the kernel counts them
     * @param status what /proc/net/bonding says; null where there is no bond of that name
     */
    public record Facts(
            Links links,
            StackFacts stack,
            LostRoutes routes,
            String order,
            @Nullable String status) {}

    @Override
    public String name() {
        return "linux.bond";
    }

    @Override
    public List<Want> want(Scope scope) {
        if (scope.host().os() != Os.LINUX) return List.of();
        List<org.linkctl.model.Bond> bonds = scope.fabric().bonds(scope.host());
        return bonds.stream().map(bond -> want(bond, bonds)).toList();
    }

    private static Want want(org.linkctl.model.Bond bond, List<org.linkctl.model.Bond> all) {
        Set<String> others = new TreeSet<>();
        for (org.linkctl.model.Bond other : all) if (!other.name().equals(bond.name())) others.add(other.name());
        return new Want(bond.name(), bond.mode(), bond.hash(), bond.miimon(), bond.lacpRate(), bond.members(), others);
    }

    private static Question order(Want want) {
        return Question.file("/sys/class/net/" + want.name() + "/bonding/slaves");
    }

    private static String status(Want want) {
        return "/proc/net/bonding/" + want.name();
    }

    @Override
    public List<Question> probe(Want want) {
        List<Question> out = new ArrayList<>(StackFacts.questions());
        out.add(Links.question());
        out.addAll(LostRoutes.questions());
        out.add(order(want));
        out.add(Question.file(status(want)));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        String order = answers.file("/sys/class/net/" + want.name() + "/bonding/slaves")
                .orElse("")
                .strip();
        return new Facts(
                Links.from(answers),
                StackFacts.from(answers),
                LostRoutes.read(answers),
                order,
                answers.file(status(want)).orElse(null));
    }

    @Override
    public Facts bare(Want want) {
        Map<String, Links.Link> links = new TreeMap<>();
        for (String member : want.members()) links.put(member, Links.Link.plain(member));
        return new Facts(new Links(links), StackFacts.BARE, LostRoutes.NONE, "", null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        NetworkStack stack = have.stack().require();
        for (String member : want.members()) requireMember(want, have, member);
        stack.requireFree(want, have.stack());
        List<Change> out = new ArrayList<>(BondDevice.changes(want, have));
        StackDiff.files(
                stack.bond(want), have.stack().ours(), (path, text) -> stack.makes(want.name(), path, text), out);
        return out;
    }

    private static void requireMember(Want want, Facts have, String member) {
        Links.Link link = have.links()
                .link(member)
                .orElseThrow(() -> new Refused("there is no interface '" + member + "' for " + want.name()
                        + "; there are "
                        + String.join(", ", new TreeSet<>(have.links().byName().keySet()))));
        String master = link.master();
        if (master != null && !master.equals(want.name()) && !want.others().contains(master)) {
            throw new Refused(member + " belongs to " + master + " and shall be a member of " + want.name()
                    + "; take it out of " + master + " first, and out of what puts it there at boot");
        }
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        List<Step> out = new ArrayList<>(BondDevice.steps(want, have, changes));
        // The kernel first: networkd would otherwise make and enslave at its own time.
        NetworkStack stack = have.stack().require();
        if (StackDiff.write(stack, changes, out)) {
            out.addAll(have.routes().around(stack.reload(want.name(), have.stack()), want.name()));
        }
        return out;
    }

    @Override
    public Published.Values publish(Want want, Facts have) {
        return have.order().isEmpty()
                ? Published.Values.NONE
                : Published.Values.of("bond." + want.name() + ".members", have.order());
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        String status = have.status();
        if (status == null) return List.of(Finding.bad(want.name(), "is not there"));
        return BondHealth.of(want, status);
    }
}
