package org.linkctl.modules.linux.address;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Bond;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Link;
import org.linkctl.model.Os;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.kernel.RouteTables;
import org.linkctl.modules.linux.kernel.RoutesAcrossReload;
import org.linkctl.modules.linux.order.Provided;
import org.linkctl.modules.linux.stack.BareHost;
import org.linkctl.modules.linux.stack.InterfaceConfig;
import org.linkctl.modules.linux.stack.NetworkStack;
import org.linkctl.modules.linux.stack.StackDiff;
import org.linkctl.modules.linux.stack.StackFacts;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Found;
import org.linkctl.spi.Imported;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Warns;

/**
 * The addresses and the MTU of bonds, NICs, VLANs and bridges, and whether DHCP gives them others. An address that linkctl did not put there (DHCP's, somebody's own) is
 * left alone; one that our own file declares and the inventory no longer does goes away.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class AddressModule
        implements Imported,
                Remembered<AddressModule.Wanted, AddressModule.Facts>,
                Warns<AddressModule.Wanted, AddressModule.Facts>,
                Rendered<AddressModule.Wanted, AddressModule.Facts> {
    static final String DHCP = "dhcp";

    /** What an interface shall have, or that it shall have nothing of ours any more. */
    public sealed interface Wanted extends Resource permits Want, AddressGone {
        String name();

        InterfaceConfig config();

        @Override
        default String id() {
            return "linux.address[" + name() + "]";
        }
    }

    /**
     * One interface.
     *
     * @param lower what carries it: that has its MTU first
     */
    public record Want(InterfaceConfig config, List<String> lower) implements Wanted {
        static Want of(Link link, Fabric fabric, Host host) {
            InterfaceConfig config = InterfaceConfig.whole(link, fabric, host);
            return new Want(config, link instanceof Bond ? List.of() : link.lower());
        }

        @Override
        public String name() {
            return config.name();
        }

        boolean made() {
            return config.made();
        }

        List<Cidr> addresses() {
            return config.addresses();
        }

        @Nullable
        Integer mtu() {
            return config.mtu();
        }

        @Override
        public Set<String> provides() {
            return Set.of("address:" + name());
        }

        @Override
        public Set<String> needs() {
            Set<String> out = new TreeSet<>(Set.of("interface:" + name(), Provided.QUEUEING));
            for (String device : lower) out.add("address:" + device);
            return out;
        }
    }

    /** The kernel's interfaces, the stack's files, and the routes that a reload of the stack would take away. */
    public record Facts(Links links, StackFacts stack, RoutesAcrossReload routes, DependentRoutes going) {}

    @Override
    public String name() {
        return "linux.address";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Wanted> want(Scope scope) {
        return scope.fabric().links(scope.host()).stream()
                .<Wanted>map(link -> Want.of(link, scope.fabric(), scope.host()))
                .toList();
    }

    @Override
    public List<Question<?>> probe(Wanted want) {
        List<Question<?>> out = new ArrayList<>(StackFacts.questions());
        out.add(Links.question());
        out.addAll(RoutesAcrossReload.questions());
        out.addAll(RouteTables.questions());
        return out;
    }

    @Override
    public Facts facts(Wanted want, Answers answers) {
        return new Facts(
                Links.from(answers),
                StackFacts.from(answers),
                RoutesAcrossReload.read(answers),
                RouteTables.read(answers));
    }

    @Override
    public Facts bare(Wanted want) {
        return new Facts(
                new Links(Map.of(want.name(), Links.Link.plain(want.name()))),
                BareHost.STACK,
                RoutesAcrossReload.NONE,
                DependentRoutes.NONE);
    }

    @Override
    public List<Change> diff(Wanted wanted, Facts have) {
        List<Change> out = new ArrayList<>(own(wanted, have));
        out.addAll(routes(wanted, have, out));
        return out;
    }

    private static List<Change> own(Wanted wanted, Facts have) {
        return switch (wanted) {
            case Want want -> differences(want, have);
            case AddressGone gone -> gone.changes(have);
        };
    }

    /** What goes with the addresses that go, and that no other address keeps. */
    private static List<Change> routes(Wanted wanted, Facts have, List<Change> changes) {
        List<Cidr> leaving = leaving(wanted, changes);
        if (leaving.isEmpty()) return List.of();
        List<Cidr> staying = new ArrayList<>(
                have.links().link(wanted.name()).map(Links.Link::addresses).orElse(List.of()));
        staying.removeAll(leaving);
        if (wanted instanceof Want want) staying.addAll(want.addresses());
        return have.going().withAddresses(wanted.name(), leaving, staying);
    }

    @Override
    public List<String> warnings(Wanted wanted, Facts have) {
        List<Change> own = own(wanted, have);
        List<Cidr> staying = wanted instanceof Want want ? want.addresses() : List.of();
        return have.going().warnings(routes(wanted, have, own), leaving(wanted, own), wanted.name(), staying);
    }

    private static List<Change> differences(Want want, Facts have) {
        NetworkStack stack = have.stack().require();
        String beyond = want.config().beyond();
        if (!beyond.isEmpty()) have.stack().requireDevices(beyond);
        Links.Link link = have.links().link(want.name()).orElse(null);
        if (link == null && !want.made()) {
            throw new Refused("there is no interface '" + want.name() + "'; there are "
                    + String.join(", ", new TreeSet<>(have.links().byName().keySet())));
        }
        List<Change> out = new ArrayList<>(addresses(want, have, link == null ? List.of() : link.addresses()));
        if (!want.made() && stack.bringsLive(want.config(), have.stack()))
            out.addAll(stack.takeover(List.of(want.name()), have.stack()));
        Integer mtu = want.mtu();
        if (mtu != null && (link == null || link.mtu() != mtu)) {
            out.add(Change.state(
                    want.name() + " mtu", link == null ? null : Integer.toString(link.mtu()), mtu.toString()));
        }
        dhcp(want, have, stack).ifPresent(out::add);
        if (link != null && !link.up()) out.add(Change.state(want.name() + " link", "down", "up"));
        Set<String> places = stack.addressFiles(want.config(), have.stack());
        StackDiff.files(
                stack.addresses(want.config(), have.stack()),
                have.stack().ours(),
                (path, text) -> places.contains(path),
                out);
        return out;
    }

    /** Whether a client runs is what our file says: others' files may ask, too. */
    private static Optional<Change> dhcp(Want want, Facts have, NetworkStack stack) {
        Link.Dhcp wanted = want.config().dhcp();
        Link.Dhcp now = stack.asked(want.config(), have.stack()).orElse(null);
        if (wanted == now) return Optional.empty();
        Change change = Change.state(
                want.name() + " " + DHCP, now == null ? null : now.name(), wanted == null ? null : wanted.name());
        return Optional.of(now == null && !stack.renews(want.name(), have.stack()) ? change : change.cuts());
    }

    private static List<Change> addresses(Want want, Facts have, List<Cidr> now) {
        List<Change> out = new ArrayList<>();
        for (Cidr address : want.addresses()) {
            if (!now.contains(address)) out.add(Change.state(want.name() + " " + address, null, "present"));
        }
        NetworkStack stack = have.stack().require();
        List<Cidr> ours = stack.declared(want.config(), have.stack()).orElse(List.of());
        for (Cidr address : now) {
            boolean otherLength = want.addresses().stream()
                    .anyMatch(one -> one.address().equals(address.address()) && !one.equals(address));
            if ((ours.contains(address) || otherLength) && !want.addresses().contains(address)) {
                out.add(Change.state(want.name() + " " + address, "present", null)
                        .cuts());
            }
        }
        return out;
    }

    @Override
    public Optional<Memory> memory(Wanted wanted, Facts have, Optional<Memory> before) {
        return wanted instanceof Want want ? Optional.of(AddressGone.memory(want, have, before)) : Optional.empty();
    }

    @Override
    public Optional<Wanted> absent(Scope scope, Owned owned) {
        return Optional.of(AddressGone.of(owned));
    }

    @Override
    public List<Step> steps(Wanted want, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        List<Step> out = new ArrayList<>();
        NetworkStack stack = have.stack().require();
        boolean live = stack.bringsLive(want.config(), have.stack());
        for (Change change : changes) {
            boolean byItself = change.subject().startsWith("route ");
            if (change.kind() == Change.Kind.STATE && !byItself && !live) live(want, have, change, out);
        }
        if (StackDiff.write(stack, changes, out) || live) {
            RoutesAcrossReload routes = have.routes().without(leaving(want, changes));
            boolean asks = changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, want.name() + " " + DHCP));
            List<Step> reload =
                    asks ? stack.dhcpChanged(want.name(), have.stack()) : stack.reload(want.name(), have.stack());
            out.addAll(routes.around(reload, want.name()));
        }
        return out;
    }

    private static List<Cidr> leaving(Wanted want, List<Change> changes) {
        return changes.stream()
                .filter(change -> change.kind() == Change.Kind.STATE && change.after() == null)
                .filter(change -> change.subject().startsWith(want.name() + " "))
                .flatMap(change ->
                        Cidr.parse(change.subject().substring(want.name().length() + 1)).stream())
                .toList();
    }

    private static void live(Wanted want, Facts have, Change change, List<Step> out) {
        String what = change.subject().substring(want.name().length() + 1);
        switch (what) {
            case "link" -> out.add(set(want, "up", "down"));
            case "mtu" -> out.add(mtu(want, change));
            case DHCP -> {} // the stack's client does it once its files say so
            default -> address(want, have, Cidr.of(what), change.after() != null, out);
        }
    }

    /** What undoes the first of several steps, which is undone last, undoes them all. */
    private static void address(Wanted want, Facts have, Cidr address, boolean add, List<Step> out) {
        NetworkStack stack = have.stack().require();
        List<Argv> there = stack.add(want.config(), address, have.stack());
        List<Argv> gone = stack.remove(want.config(), address, have.stack());
        List<Argv> steps = add ? there : gone;
        out.add(new Step.Run(steps.getFirst(), add ? gone : there));
        steps.stream().skip(1).forEach(step -> out.add(Step.run(step)));
    }

    private static Step set(Wanted want, String verb, String back) {
        return Step.run(
                Argv.of("ip", "link", "set", want.name(), verb), Argv.of("ip", "link", "set", want.name(), back));
    }

    private static Step mtu(Wanted want, Change change) {
        Argv set = Argv.of("ip", "link", "set", want.name(), "mtu", String.valueOf(change.after()));
        if (change.before() == null) return Step.run(set);
        return Step.run(set, Argv.of("ip", "link", "set", want.name(), "mtu", change.before()));
    }

    @Override
    public List<Question<?>> importing() {
        return AddressFound.questions();
    }

    @Override
    public List<Found> found(Answers answers) {
        return AddressFound.read(answers);
    }
}
