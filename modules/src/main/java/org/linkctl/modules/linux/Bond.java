package org.linkctl.modules.linux;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Bond.LacpRate;
import org.linkctl.model.Bond.Mode;
import org.linkctl.model.Bond.XmitHash;
import org.linkctl.model.Os;
import org.linkctl.shell.Argv;
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
    /** A bond as declared; the addresses are another module's. */
    public record Want(String name, Mode mode, XmitHash hash, int miimon, LacpRate lacpRate, List<String> members)
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

    /** What the kernel has, and the files that make it at boot. */
    public record Facts(
            Links links,
            StackFacts stack,
            String order,
            @Nullable String status) {}

    @Override
    public String name() {
        return "linux.bond";
    }

    @Override
    public List<Want> want(Scope scope) {
        if (scope.host().os() != Os.LINUX) return List.of();
        return scope.fabric().bonds(scope.host()).stream()
                .map(bond ->
                        new Want(bond.name(), bond.mode(), bond.hash(), bond.miimon(), bond.lacpRate(), bond.members()))
                .toList();
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
                order,
                answers.file(status(want)).orElse(null));
    }

    @Override
    public Facts bare(Want want) {
        List<String> members = want.members();
        Map<String, Links.Link> links = members.stream()
                .collect(java.util.stream.Collectors.toMap(
                        member -> member, member -> new Links.Link(member, true, 1500, null, List.of(), Map.of())));
        return new Facts(new Links(links), StackFacts.BARE, "", null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        NetworkStack stack = have.stack().require();
        for (String member : want.members()) requireMember(want, have, member);
        List<Change> out = new ArrayList<>(deviceChanges(want, have));
        StackDiff.files(
                stack.bond(want), have.stack().files(), (path, text) -> stack.makes(want.name(), path, text), out);
        return out;
    }

    private static void requireMember(Want want, Facts have, String member) {
        if (have.links().link(member).isPresent()) return;
        throw new Refused("there is no interface '" + member + "' for " + want.name() + "; there are "
                + String.join(", ", new TreeSet<>(have.links().byName().keySet())));
    }

    private static List<Change> deviceChanges(Want want, Facts have) {
        List<Change> out = new ArrayList<>();
        Links.Link device = have.links().link(want.name()).orElse(null);
        if (device == null) {
            Change made =
                    Change.state(want.name(), null, want.mode().kernel() + " over " + String.join(" ", want.members()));
            out.add(carriesTraffic(want, have) ? made.cuts() : made);
            return out;
        }
        if (device.bond().isEmpty()) throw new Refused(want.name() + " is there and is no bond");
        option(out, want, device, "mode", want.mode().kernel(), true);
        option(out, want, device, "xmit_hash_policy", want.hash().kernel(), false);
        option(out, want, device, "miimon", Integer.toString(want.miimon()), false);
        if (want.lacp()) option(out, want, device, "lacp_rate", want.lacpRate().kernel(), true);
        Set<String> now = new TreeSet<>(have.links().enslavedTo(want.name()));
        Set<String> wanted = new TreeSet<>(want.members());
        if (!now.equals(wanted)) {
            out.add(Change.state(want.name() + " members", String.join(" ", now), String.join(" ", wanted)));
        }
        if (!device.up()) out.add(Change.state(want.name() + " link", "down", "up"));
        return out;
    }

    private static void option(
            List<Change> out, Want want, Links.Link device, String name, String wanted, boolean cuts) {
        String now = device.bond().get(name);
        if (wanted.equals(now)) return;
        Change change = Change.state(want.name() + " " + name, now == null ? "unset" : now, wanted);
        out.add(cuts ? change.cuts() : change);
    }

    /** A member with addresses of its own is in use: enslaving it takes them out of service. */
    private static boolean carriesTraffic(Want want, Facts have) {
        return want.members().stream()
                .flatMap(member -> have.links().link(member).stream())
                .anyMatch(link -> !link.addresses().isEmpty());
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        List<Step> out = new ArrayList<>();
        if (have.links().link(want.name()).isEmpty()) create(want, out);
        else alter(want, have, changes, out);
        // The kernel first: networkd would otherwise make and enslave at its own time.
        NetworkStack stack = have.stack().require();
        if (StackDiff.write(stack, changes, out)) out.addAll(stack.reload());
        return out;
    }

    private static void create(Want want, List<Step> out) {
        // Loaded by itself, the driver would make a bond0 of its own.
        out.add(Step.run("modprobe", "bonding", "max_bonds=0"));
        List<String> words = new ArrayList<>(List.of("ip", "link", "add", want.name(), "type", "bond"));
        words.addAll(List.of(
                "mode", want.mode().kernel(), "xmit_hash_policy", want.hash().kernel()));
        words.addAll(List.of("miimon", Integer.toString(want.miimon())));
        if (want.lacp()) words.addAll(List.of("lacp_rate", want.lacpRate().kernel()));
        out.add(Step.run(new Argv(words), Argv.of("ip", "link", "delete", want.name())));
        for (String member : want.members()) enslave(want, member, out);
        out.add(Step.run("ip", "link", "set", want.name(), "up"));
    }

    private static void enslave(Want want, String member, List<Step> out) {
        // Only an interface that is down can be enslaved; the bond brings it up.
        out.add(Step.run(Argv.of("ip", "link", "set", member, "down"), Argv.of("ip", "link", "set", member, "up")));
        out.add(Step.run(
                Argv.of("ip", "link", "set", member, "master", want.name()),
                Argv.of("ip", "link", "set", member, "nomaster")));
    }

    private static void alter(Want want, Facts have, List<Change> changes, List<Step> out) {
        List<String> now = have.links().enslavedTo(want.name());
        boolean mode = changed(changes, want.name() + " mode");
        boolean rate = changed(changes, want.name() + " lacp_rate");
        if (mode || rate) out.add(Step.run("ip", "link", "set", want.name(), "down"));
        // The mode can only be changed while there are no members (bonding.rst).
        List<String> leave = mode
                ? now
                : now.stream()
                        .filter(member -> !want.members().contains(member))
                        .toList();
        for (String member : leave) out.add(Step.run("ip", "link", "set", member, "nomaster"));
        if (mode) set(want, "mode", want.mode().kernel(), out);
        if (rate || (mode && want.lacp()))
            set(want, "lacp_rate", want.lacpRate().kernel(), out);
        if (changed(changes, want.name() + " xmit_hash_policy"))
            set(want, "xmit_hash_policy", want.hash().kernel(), out);
        if (changed(changes, want.name() + " miimon")) set(want, "miimon", Integer.toString(want.miimon()), out);
        for (String member : want.members()) {
            if (mode || !now.contains(member)) enslave(want, member, out);
        }
        if (mode || rate || changed(changes, want.name() + " link")) {
            out.add(Step.run("ip", "link", "set", want.name(), "up"));
        }
    }

    private static void set(Want want, String option, String value, List<Step> out) {
        out.add(Step.run("ip", "link", "set", want.name(), "type", "bond", option, value));
    }

    private static boolean changed(List<Change> changes, String subject) {
        return changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, subject));
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
