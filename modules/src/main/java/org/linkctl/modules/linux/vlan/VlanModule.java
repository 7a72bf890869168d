package org.linkctl.modules.linux.vlan;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.Link;
import org.linkctl.model.Os;
import org.linkctl.model.Vlan;
import org.linkctl.modules.linux.device.Device;
import org.linkctl.modules.linux.device.DeviceCommands;
import org.linkctl.modules.linux.device.DeviceFacts;
import org.linkctl.modules.linux.device.DeviceGone;
import org.linkctl.modules.linux.kernel.AddressCommands;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.order.Provided;
import org.linkctl.modules.linux.stack.InterfaceConfig;
import org.linkctl.modules.linux.stack.NetworkStack;
import org.linkctl.modules.linux.stack.StackDiff;
import org.linkctl.modules.linux.stack.VlanConfig;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Found;
import org.linkctl.spi.Imported;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Warns;

/** VLANs (IEEE 802.1Q; ip-link(8), "VLAN Type Support"). Their addresses and MTU are another module's. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class VlanModule
        implements Imported,
                Remembered<Device, DeviceFacts>,
                Examined<Device, DeviceFacts>,
                Warns<Device, DeviceFacts>,
                Rendered<Device, DeviceFacts> {
    private static final String NAME = "linux.vlan";
    private static final String KIND = "vlan";

    /** Seconds without a VLAN that is made anew, about. */
    private static final int ANEW = 2;

    /**
     * A VLAN as declared.
     *
     * @param on what carries it
     * @param ip all else that is declared of it
     */
    record Want(String name, InterfaceConfig on, int number, InterfaceConfig ip) implements Device {
        @Override
        public String id() {
            return NAME + "[" + name + "]";
        }

        @Override
        public Set<String> provides() {
            return Set.of("interface:" + name);
        }

        @Override
        public Set<String> needs() {
            return Set.of("interface:" + on.name(), "address:" + on.name(), Provided.QUEUEING);
        }

        String shown() {
            return "VLAN " + number + " on " + on.name();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Device> want(Scope scope) {
        return scope.fabric().of(Vlan.class, scope.host()).stream()
                .<Device>map(vlan -> {
                    Link on = scope.fabric().link(scope.host(), vlan.on()).orElseThrow();
                    InterfaceConfig ip = InterfaceConfig.whole(vlan, scope.fabric(), scope.host());
                    return new Want(vlan.name(), InterfaceConfig.of(on), vlan.id(), ip);
                })
                .toList();
    }

    @Override
    public List<Question<?>> probe(Device want) {
        return DeviceFacts.questions();
    }

    @Override
    public DeviceFacts facts(Device want, Answers answers) {
        return DeviceFacts.read(answers);
    }

    @Override
    public DeviceFacts bare(Device wanted) {
        return DeviceFacts.bare(wanted instanceof Want want ? List.of(want.on().name()) : List.of());
    }

    @Override
    public List<Change> diff(Device wanted, DeviceFacts have) {
        return switch (wanted) {
            case Want want -> differences(want, have);
            case DeviceGone gone -> gone.changes(have);
            default -> throw new IllegalArgumentException(wanted.id());
        };
    }

    private static List<Change> differences(Want want, DeviceFacts have) {
        have.require(want.on().name(), want.on().made(), want.name());
        List<Change> out = new ArrayList<>();
        Links.Link device = have.links().link(want.name()).orElse(null);
        if (device == null) out.add(Change.state(want.name(), null, want.shown()));
        else if (!device.kind().equals(KIND)) {
            throw new Refused(want.name() + " is there and is no VLAN; give the VLAN another name, or remove it");
        } else if (!shown(device).equals(want.shown())) {
            out.add(Change.state(want.name(), shown(device), want.shown()).cuts(ANEW));
            out.addAll(routes(device, have));
        }
        StackDiff.files(
                have.stack()
                        .requireDevices("vlan " + want.name())
                        .vlan(new VlanConfig(want.name(), want.on(), want.number(), want.ip()), have.stack()),
                have.stack().ours(),
                (path, text) -> have.files(want.name()).containsKey(path),
                out);
        return out;
    }

    /** What goes with a VLAN that is made anew, and that neither an address of it nor {@link #anew} brings back. */
    private static List<Change> routes(Links.Link device, DeviceFacts have) {
        String name = device.name();
        return have.going()
                .without(hop -> hop.table().equals("main")
                        && (have.routes().sets(name, hop.prefix(), hop.via()) || isOwn(device, hop)))
                .withDevices(List.of(name), name, List.of());
    }

    private static boolean isOwn(Links.Link device, DependentRoutes.Hop hop) {
        return hop.via() == null
                && device.addresses().stream()
                        .anyMatch(address -> address.network().equals(hop.prefix()));
    }

    /** The tag of a provider's VLAN (IEEE 802.1ad) is another one. */
    private static String shown(Links.Link device) {
        String protocol = device.options().getOrDefault("protocol", "");
        return "VLAN " + device.options().get("id") + " on " + device.on()
                + (protocol.equals("802.1Q") ? "" : " with " + protocol);
    }

    @Override
    public List<Step> steps(Device wanted, DeviceFacts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        if (wanted instanceof DeviceGone gone) return gone.steps(have, changes);
        Want want = (Want) wanted;
        List<Step> made = have.stack()
                .requireDevices(want.name())
                .make(want.name(), List.of())
                .orElse(null);
        if (made != null) return madeByItself(want, have, changes, made);
        List<Step> out = new ArrayList<>();
        if (changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, want.name()))) {
            have.links()
                    .link(want.name())
                    .ifPresentOrElse(device -> anew(want, device, have, out), () -> make(want, out));
        }
        NetworkStack stack = have.stack().require();
        if (StackDiff.write(stack, changes, out)) {
            String on = want.on().name();
            out.addAll(have.routes().around(stack.reload(on, have.stack()), on));
        }
        return out;
    }

    /** The files first: of them the stack makes the VLAN, once one that is another is out of its way. */
    private static List<Step> madeByItself(Want want, DeviceFacts have, List<Change> changes, List<Step> made) {
        List<Step> out = new ArrayList<>();
        StackDiff.write(have.stack().require(), changes, out);
        boolean differs = changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, want.name()));
        Links.Link other =
                have.links().link(want.name()).filter(device -> differs).orElse(null);
        if (other != null) out.add(new Step.Run(DeviceCommands.delete(want.name()), back(want, other)));
        out.addAll(made);
        if (other != null) out.addAll(have.routes().afterDown(want.name()));
        return out;
    }

    private static List<Argv> back(Want want, Links.Link device) {
        List<Argv> out = new ArrayList<>(List.of(DeviceCommands.add(device)));
        if (device.up()) out.add(Argv.of("ip", "link", "set", want.name(), "up"));
        for (Cidr address : device.addresses()) out.add(AddressCommands.replace(want.name(), address));
        return out;
    }

    private static void make(Want want, List<Step> out) {
        out.add(Step.run(
                DeviceCommands.vlan(want.name(), want.on().name(), want.number()), DeviceCommands.delete(want.name())));
        out.add(Step.run("ip", "link", "set", want.name(), "up"));
    }

    /** Neither its number nor what carries it can be changed (net/8021q/vlan_netlink.c): what it had it gets again. */
    private static void anew(Want want, Links.Link device, DeviceFacts have, List<Step> out) {
        out.add(new Step.Run(DeviceCommands.delete(want.name()), back(want, device)));
        make(want, out);
        String master = device.master();
        if (master != null) out.add(Step.run("ip", "link", "set", want.name(), "master", master));
        String mtu = Integer.toString(device.mtu());
        have.links()
                .link(want.on().name())
                .filter(on -> device.mtu() < on.mtu())
                .ifPresent(on -> out.add(Step.run("ip", "link", "set", want.name(), "mtu", mtu)));
        for (Cidr address : device.addresses()) {
            out.add(new Step.Run(AddressCommands.replace(want.name(), address), List.of()));
        }
        out.addAll(have.routes().afterDown(want.name()));
    }

    @Override
    public Optional<Memory> memory(Device wanted, DeviceFacts have, Optional<Memory> before) {
        if (!(wanted instanceof Want want)) return Optional.empty();
        return Optional.of(
                DeviceGone.memory(want.name(), KIND, List.of(want.on().name()), List.of(), have, before));
    }

    @Override
    public Optional<Device> absent(Scope scope, Owned owned) {
        return Optional.of(DeviceGone.of(NAME, KIND, owned));
    }

    /** A VLAN that no file of linkctl's makes. */
    @Override
    public List<String> adopts(Device want, DeviceFacts have) {
        boolean there = have.links().link(want.name()).isPresent();
        return there && have.files(want.name()).isEmpty() ? List.of("vlan " + want.name()) : List.of();
    }

    @Override
    public List<String> warnings(Device wanted, DeviceFacts have) {
        return switch (wanted) {
            case Want want ->
                have.links()
                        .link(want.name())
                        .filter(device ->
                                device.kind().equals(KIND) && !shown(device).equals(want.shown()))
                        .map(device -> have.going()
                                .warnings(routes(device, have), device.addresses(), want.name(), device.addresses()))
                        .orElse(List.of());
            case DeviceGone gone -> gone.warnings(have);
            default -> List.of();
        };
    }

    @Override
    public List<Finding> findings(Device wanted, DeviceFacts have, Answers answers) {
        if (!(wanted instanceof Want want)) return List.of();
        Links.Link device = have.links().link(want.name()).orElse(null);
        if (device == null) return List.of(Finding.bad(want.name(), "is not there"));
        String now = device.kind().equals(KIND) ? shown(device) : "no VLAN";
        if (!now.equals(want.shown())) return List.of(Finding.bad(want.name(), now));
        return List.of(device.up() ? Finding.good(want.name(), now) : Finding.bad(want.name(), now + ", and is down"));
    }

    @Override
    public List<Question<?>> importing() {
        return VlanFound.questions();
    }

    @Override
    public List<Found> found(Answers answers) {
        return VlanFound.read(answers);
    }
}
