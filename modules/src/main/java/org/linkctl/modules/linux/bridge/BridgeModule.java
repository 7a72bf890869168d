package org.linkctl.modules.linux.bridge;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.linkctl.model.Bridge;
import org.linkctl.model.Os;
import org.linkctl.modules.linux.device.Device;
import org.linkctl.modules.linux.device.DeviceFacts;
import org.linkctl.modules.linux.device.DeviceGone;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.stack.InterfaceConfig;
import org.linkctl.modules.linux.stack.NetworkStack;
import org.linkctl.modules.linux.stack.StackDiff;
import org.linkctl.net.Cidr;
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

/** Bridges: the device, STP and the members (kernel: Documentation/networking/bridge.rst). Addresses and MTU are another module's. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class BridgeModule
        implements Imported,
                Remembered<Device, DeviceFacts>,
                Examined<Device, DeviceFacts>,
                Warns<Device, DeviceFacts>,
                Rendered<Device, DeviceFacts> {
    static final String NAME = "linux.bridge";

    /** As the kernel names it. */
    static final String KIND = "bridge";

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
        return scope.fabric().of(Bridge.class, scope.host()).stream()
                .<Device>map(bridge -> BridgeWant.of(scope.fabric(), scope.host(), bridge))
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
        if (!(wanted instanceof BridgeWant want)) return DeviceFacts.bare(List.of());
        return DeviceFacts.bare(want.members().stream()
                .filter(member -> !member.made())
                .map(InterfaceConfig::name)
                .toList());
    }

    @Override
    public List<Change> diff(Device wanted, DeviceFacts have) {
        return switch (wanted) {
            case BridgeWant want -> differences(want, have);
            case DeviceGone gone -> gone.changes(have);
            default -> throw new IllegalArgumentException(wanted.id());
        };
    }

    private static List<Change> differences(BridgeWant want, DeviceFacts have) {
        for (InterfaceConfig member : want.members()) {
            have.require(member.name(), member.made(), want.name());
            have.links().link(member.name()).map(Links.Link::master).ifPresent(master -> {
                if (master.equals(want.name())) return;
                throw new Refused(member.name() + " belongs to " + master + " and shall be a member of " + want.name()
                        + "; take it out of " + master + " first, and out of what puts it there at boot");
            });
        }
        List<Change> out = new ArrayList<>(BridgeDevice.changes(want, have));
        out.addAll(have.stack().require().takeover(want.ports(have), have.stack()));
        out.addAll(BridgeDevice.routes(want, have));
        StackDiff.files(
                have.stack().requireDevices("bridge " + want.name()).bridge(want.config(have), have.stack()),
                have.stack().ours(),
                (path, text) -> have.files(want.name()).containsKey(path),
                out);
        return out;
    }

    @Override
    public List<Step> steps(Device wanted, DeviceFacts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        if (wanted instanceof DeviceGone gone) return gone.steps(have, changes);
        BridgeWant want = (BridgeWant) wanted;
        List<Step> made = have.stack()
                .requireDevices(want.name())
                .make(want.name(), want.names())
                .orElse(null);
        if (made != null) {
            List<Step> out = new ArrayList<>();
            StackDiff.write(have.stack().require(), changes, out);
            out.addAll(BridgeDevice.beside(want, have, changes));
            out.addAll(made);
            return out;
        }
        List<Step> out = new ArrayList<>(BridgeDevice.steps(want, have, changes));
        NetworkStack stack = have.stack().require();
        if (StackDiff.write(stack, changes, out)) {
            out.addAll(have.routes().around(stack.reload(want.name(), have.stack()), want.name()));
        }
        return out;
    }

    @Override
    public Optional<Memory> memory(Device wanted, DeviceFacts have, Optional<Memory> before) {
        if (!(wanted instanceof BridgeWant want)) return Optional.empty();
        return Optional.of(
                DeviceGone.memory(want.name(), KIND, want.names(), BridgeDevice.joining(want, have), have, before));
    }

    @Override
    public Optional<Device> absent(Scope scope, Owned owned) {
        return Optional.of(DeviceGone.of(NAME, KIND, owned));
    }

    /** A bridge that no file of linkctl's makes. */
    @Override
    public List<String> adopts(Device want, DeviceFacts have) {
        boolean there = have.links().link(want.name()).isPresent();
        return there && have.files(want.name()).isEmpty() ? List.of("bridge " + want.name()) : List.of();
    }

    @Override
    public List<String> warnings(Device wanted, DeviceFacts have) {
        return switch (wanted) {
            case BridgeWant want -> {
                List<Cidr> gone = BridgeDevice.stripped(want, have);
                yield have.going().warnings(BridgeDevice.routes(want, have), gone, want.name(), want.addresses());
            }
            case DeviceGone gone -> gone.warnings(have);
            default -> List.of();
        };
    }

    @Override
    public List<Finding> findings(Device wanted, DeviceFacts have, Answers answers) {
        if (!(wanted instanceof BridgeWant want)) return List.of();
        Links.Link device = have.links().link(want.name()).orElse(null);
        if (device == null) return List.of(Finding.bad(want.name(), "is not there"));
        if (!device.kind().equals(KIND)) return List.of(Finding.bad(want.name(), "is no bridge"));
        if (!device.up()) return List.of(Finding.bad(want.name(), "is down"));
        List<String> out = BridgeDevice.joining(want, have);
        return List.of(
                out.isEmpty()
                        ? Finding.good(
                                want.name(),
                                "has "
                                        + String.join(
                                                " ", new TreeSet<>(have.links().enslavedTo(want.name()))))
                        : Finding.bad(want.name(), "has not " + String.join(" ", out)));
    }

    @Override
    public List<Question<?>> importing() {
        return BridgeFound.questions();
    }

    @Override
    public List<Found> found(Answers answers) {
        return BridgeFound.read(answers);
    }
}
