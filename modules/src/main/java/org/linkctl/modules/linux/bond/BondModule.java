package org.linkctl.modules.linux.bond;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Bond;
import org.linkctl.model.Bond.LacpRate;
import org.linkctl.model.Bond.Mode;
import org.linkctl.model.Bond.XmitHash;
import org.linkctl.model.Os;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.kernel.RouteTables;
import org.linkctl.modules.linux.kernel.RoutesAcrossReload;
import org.linkctl.modules.linux.order.Provided;
import org.linkctl.modules.linux.stack.BareHost;
import org.linkctl.modules.linux.stack.BondUnit;
import org.linkctl.modules.linux.stack.InterfaceConfig;
import org.linkctl.modules.linux.stack.NetworkStack;
import org.linkctl.modules.linux.stack.StackDiff;
import org.linkctl.modules.linux.stack.StackFacts;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Diagnosed;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Found;
import org.linkctl.spi.Imported;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Published;
import org.linkctl.spi.Publishes;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;
import org.linkctl.spi.Warns;

/** Bonds: the device, its options and its members (kernel: Documentation/networking/bonding.rst). */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class BondModule
        implements Imported,
                Remembered<BondModule.Wanted, BondModule.Facts>,
                Examined<BondModule.Wanted, BondModule.Facts>,
                Diagnosed<BondModule.Wanted, BondModule.Facts>,
                Publishes<BondModule.Wanted, BondModule.Facts>,
                Warns<BondModule.Wanted, BondModule.Facts>,
                Rendered<BondModule.Wanted, BondModule.Facts> {
    /** Names of interfaces: other hosts are told of them. */
    private static final Pattern ORDER = Pattern.compile("([!-~]{1,15}( [!-~]{1,15})*)?");

    /** A bond, or that there is none any more. */
    public sealed interface Wanted extends Resource permits Want, BondGone {
        String name();

        List<String> members();

        @Override
        default String id() {
            return "linux.bond[" + name() + "]";
        }
    }

    /**
     * A bond as declared; the addresses are another module's.
     *
     * @param others the host's other bonds: a member may move from one to another
     * @param ip what it shall have of addresses, and its MTU; another module gives it those
     */
    public record Want(
            String name,
            Mode mode,
            XmitHash hash,
            int miimon,
            LacpRate lacpRate,
            List<String> members,
            Set<String> others,
            InterfaceConfig ip)
            implements Wanted {
        List<Cidr> addresses() {
            return ip.addresses();
        }

        @Override
        public Set<String> provides() {
            return Set.of("interface:" + name);
        }

        @Override
        public Set<String> needs() {
            return Set.of("package:ifenslave", Provided.QUEUEING);
        }

        boolean lacp() {
            return mode == Mode.LACP;
        }
    }

    /**
     * What the kernel has, and the files that make it at boot.
     *
     * @param going the routes that may go with what becomes a member
     * @param order the members, as the kernel counts them
     * @param status what /proc/net/bonding says; null where there is no bond of that name
     */
    public record Facts(
            Links links,
            StackFacts stack,
            RoutesAcrossReload routes,
            DependentRoutes going,
            String order,
            @Nullable String status) {}

    @Override
    public String name() {
        return "linux.bond";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Wanted> want(Scope scope) {
        List<Bond> bonds = scope.fabric().of(Bond.class, scope.host());
        return bonds.stream()
                .<Wanted>map(bond -> want(bond, bonds, InterfaceConfig.whole(bond, scope.fabric(), scope.host())))
                .toList();
    }

    private static Want want(Bond bond, List<Bond> all, InterfaceConfig ip) {
        Set<String> others = new TreeSet<>();
        for (Bond other : all) if (!other.name().equals(bond.name())) others.add(other.name());
        return new Want(
                bond.name(), bond.mode(), bond.hash(), bond.miimon(), bond.lacpRate(), bond.members(), others, ip);
    }

    private static Question.ReadFile order(Wanted want) {
        return Question.file("/sys/class/net/" + want.name() + "/bonding/slaves");
    }

    private static Question.ReadFile status(Wanted want) {
        return Question.file("/proc/net/bonding/" + want.name());
    }

    @Override
    public List<Question<?>> probe(Wanted want) {
        List<Question<?>> out = new ArrayList<>(StackFacts.questions());
        out.add(Links.question());
        out.addAll(RoutesAcrossReload.questions());
        out.addAll(RouteTables.questions());
        out.add(order(want));
        out.add(status(want));
        return out;
    }

    @Override
    public Facts facts(Wanted want, Answers answers) {
        String order = answers.to(order(want)).orElse("").strip();
        if (!ORDER.matcher(order).matches())
            throw new UnreadableFacts("members of " + want.name() + ": '" + order + "'");
        return new Facts(
                Links.from(answers),
                StackFacts.from(answers),
                RoutesAcrossReload.read(answers),
                RouteTables.read(answers),
                order,
                answers.to(status(want)).orElse(null));
    }

    @Override
    public Facts bare(Wanted wanted) {
        Map<String, Links.Link> links = new TreeMap<>();
        for (String member : wanted.members()) links.put(member, Links.Link.unknown(member));
        return new Facts(new Links(links), BareHost.STACK, RoutesAcrossReload.NONE, DependentRoutes.NONE, "", null);
    }

    @Override
    public List<Change> diff(Wanted wanted, Facts have) {
        return switch (wanted) {
            case Want want -> differences(want, have);
            case BondGone gone -> gone.changes(have);
        };
    }

    private static List<Change> differences(Want want, Facts have) {
        NetworkStack stack = have.stack().require();
        for (String member : want.members()) requireMember(want, have, member);
        stack.requireFree(want.name(), want.members(), have.stack());
        List<Change> out = new ArrayList<>(BondDevice.changes(want, have));
        out.addAll(stack.takeover(want.members(), have.stack()));
        out.addAll(BondDevice.routes(want, have));
        StackDiff.files(
                stack.bond(BondIdentity.of(want, have).config(want), have.stack()),
                have.stack().ours(),
                (path, text) -> stack.makes(want.name(), path, text),
                out);
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
    public List<Step> steps(Wanted wanted, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        return switch (wanted) {
            case Want want -> making(want, have, changes);
            case BondGone gone -> gone.steps(have, changes);
        };
    }

    private static List<Step> making(Want want, Facts have, List<Change> changes) {
        NetworkStack stack = have.stack().require();
        boolean again = BondDevice.isMadeAgain(want, changes);
        List<Step> made =
                stack.make(BondIdentity.of(want, have).config(want), again).orElse(null);
        if (made != null) return madeByItself(want, have, changes, again, made);
        List<Step> out = new ArrayList<>(BondDevice.steps(want, have, changes));
        // The kernel first: networkd would otherwise make and enslave at its own time.
        if (StackDiff.write(stack, changes, out)) {
            if (changes.stream().anyMatch(change -> BondUnit.isOne(change.subject()))) out.addAll(stack.unitsChanged());
            out.addAll(have.routes().around(stack.reload(want.name(), have.stack()), want.name()));
        }
        return out;
    }

    /** The files first: of them the stack makes the bond, and it gives the members their addresses no more. */
    private static List<Step> madeByItself(
            Want want, Facts have, List<Change> changes, boolean again, List<Step> made) {
        List<Step> out = new ArrayList<>();
        StackDiff.write(have.stack().require(), changes, out);
        if (have.links().link(want.name()).isPresent()) out.addAll(BondDevice.settings(want, have, changes));
        out.addAll(made);
        if (again) out.addAll(have.routes().afterDown(want.name()));
        return out;
    }

    @Override
    public Optional<Memory> memory(Wanted wanted, Facts have, Optional<Memory> before) {
        return wanted instanceof Want want ? Optional.of(BondGone.memory(want, have, before)) : Optional.empty();
    }

    @Override
    public Optional<Wanted> absent(Scope scope, Owned owned) {
        return Optional.of(BondGone.of(owned));
    }

    /** A bond that no file of linkctl's makes. */
    @Override
    public List<String> adopts(Wanted want, Facts have) {
        boolean there = have.links().link(want.name()).isPresent();
        return there && BondGone.files(want.name(), have).isEmpty() ? List.of("bond " + want.name()) : List.of();
    }

    @Override
    public List<String> warnings(Wanted wanted, Facts have) {
        return switch (wanted) {
            case Want want -> {
                List<Cidr> gone = BondDevice.stripped(want, have);
                yield have.going().warnings(BondDevice.routes(want, have), gone, want.name(), want.addresses());
            }
            case BondGone gone -> gone.warnings(have);
        };
    }

    @Override
    public Published.Values publish(Wanted want, Facts have) {
        return have.order().isEmpty()
                ? Published.Values.NONE
                : Published.Values.of("bond." + want.name() + ".members", have.order());
    }

    @Override
    public List<Finding> findings(Wanted wanted, Facts have, Answers answers) {
        if (!(wanted instanceof Want want)) return List.of();
        String status = have.status();
        if (status == null) return List.of(Finding.bad(want.name(), "is not there"));
        return BondHealth.of(want, status);
    }

    @Override
    public List<Diagnosis> diagnoses(Wanted wanted, Facts have, Answers answers) {
        if (!(wanted instanceof Want want)) return List.of();
        return BondHealth.diagnoses(want, have.status());
    }

    @Override
    public List<Question<?>> importing() {
        return BondFound.questions();
    }

    @Override
    public List<Question<?>> importing(Answers first) {
        return BondFound.questions(first);
    }

    @Override
    public List<Found> found(Answers answers) {
        return BondFound.read(answers);
    }
}
