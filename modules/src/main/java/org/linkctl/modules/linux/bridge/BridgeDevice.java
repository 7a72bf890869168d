package org.linkctl.modules.linux.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.linux.device.DeviceCommands;
import org.linkctl.modules.linux.device.DeviceFacts;
import org.linkctl.modules.linux.kernel.AddressCommands;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Refused;

/** How a bridge in the kernel differs from the one wanted, and what mends it (ip-link(8); Documentation/networking/bridge.rst). */
final class BridgeDevice {
    private static final String ADDRESS = "link address";

    /** Until a port of a spanning tree passes frames: twice the forward delay of 15 s (IEEE 802.1D, table 17-1). */
    private static final int LEARNED = 30;

    /** Until neighbours have looked for another address on the wire. */
    private static final int LOOKED = 5;

    private BridgeDevice() {}

    static List<Change> changes(BridgeWant want, DeviceFacts have) {
        List<Change> out = new ArrayList<>();
        Links.Link device = have.links().link(want.name()).orElse(null);
        if (device == null) out.add(Change.state(want.name(), null, want.shown()));
        else if (!device.kind().equals(BridgeModule.KIND)) {
            throw new Refused(want.name() + " is there and is no bridge; give the bridge another name, or remove it");
        } else existing(want, device, have, out);
        for (String member : want.names()) {
            for (Cidr address : addresses(have, member)) {
                out.add(Change.state(member + " " + address, "present", null).cuts());
            }
        }
        return out;
    }

    private static void existing(BridgeWant want, Links.Link device, DeviceFacts have, List<Change> out) {
        boolean stp = stp(device);
        if (stp != want.stp()) {
            out.add(Change.state(want.name() + " stp", onOff(stp), onOff(want.stp()))
                    .cuts(LEARNED));
        }
        for (String member : joining(want, have)) {
            out.add(Change.state(want.name() + " member " + member, null, "present"));
        }
        for (String member : leaving(want, have)) {
            out.add(Change.state(want.name() + " member " + member, "present", null)
                    .cuts());
        }
        for (String member : idle(want, have)) out.add(Change.state(member + " link", "down", "up"));
        String mac = want.mac(have);
        if (!mac.isEmpty() && !mac.equals(device.mac())) {
            out.add(Change.state(want.name() + " " + ADDRESS, device.mac(), mac).cuts(LOOKED));
        }
    }

    private static boolean stp(Links.Link device) {
        return !device.options().getOrDefault("stp_state", "0").equals("0");
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    static List<String> joining(BridgeWant want, DeviceFacts have) {
        List<String> now = have.links().enslavedTo(want.name());
        return want.names().stream().filter(member -> !now.contains(member)).toList();
    }

    /** What others put there, such as the interfaces of virtual machines, stays. */
    private static Set<String> leaving(BridgeWant want, DeviceFacts have) {
        Set<String> out = new TreeSet<>(
                have.stack().requireDevices("bridge " + want.name()).members(want.name(), have.stack()));
        out.retainAll(have.links().enslavedTo(want.name()));
        want.names().forEach(out::remove);
        return out;
    }

    private static List<String> idle(BridgeWant want, DeviceFacts have) {
        return have.links().enslavedTo(want.name()).stream()
                .filter(want.names()::contains)
                .filter(member ->
                        have.links().link(member).filter(link -> !link.up()).isPresent())
                .toList();
    }

    /** A member's own addresses: what comes in for them is the bridge's. */
    private static List<Cidr> addresses(DeviceFacts have, String member) {
        return have.links().link(member).map(Links.Link::addresses).orElse(List.of());
    }

    /** The addresses that members lose. */
    static List<Cidr> stripped(BridgeWant want, DeviceFacts have) {
        return want.names().stream()
                .flatMap(member -> addresses(have, member).stream())
                .toList();
    }

    /** What goes with interfaces that become members. */
    static List<Change> routes(BridgeWant want, DeviceFacts have) {
        return have.going().withDevices(joining(want, have), want.name(), want.addresses());
    }

    static List<Step> steps(BridgeWant want, DeviceFacts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        boolean made = have.links().link(want.name()).isEmpty();
        if (made) {
            out.add(Step.run(
                    DeviceCommands.bridge(want.name(), want.stp(), want.mac(have)),
                    DeviceCommands.delete(want.name())));
            out.add(Step.run("ip", "link", "set", want.name(), "up"));
        }
        for (String member : want.names()) {
            for (Cidr address : addresses(have, member)) {
                out.add(Step.run(AddressCommands.delete(member, address), AddressCommands.replace(member, address)));
            }
        }
        for (Change change : changes) {
            if (change.kind() == Change.Kind.STATE && !made) existing(want, change, out);
        }
        if (made) for (String member : want.names()) join(want.name(), member, have, out);
        else for (String member : joining(want, have)) join(want.name(), member, have, out);
        return out;
    }

    /** What a stack that makes the bridge and its members by itself does not do to what is there. */
    static List<Step> beside(BridgeWant want, DeviceFacts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (String member : want.names()) {
            for (Cidr address : addresses(have, member)) {
                out.add(Step.run(AddressCommands.delete(member, address), AddressCommands.replace(member, address)));
            }
        }
        if (have.links().link(want.name()).isEmpty()) return out;
        for (Change change : changes) {
            String what = change.subject().replaceFirst("^" + Pattern.quote(want.name() + " "), "");
            if (change.kind() == Change.Kind.STATE && (what.equals("stp") || what.equals(ADDRESS)))
                existing(want, change, out);
        }
        return out;
    }

    private static void existing(BridgeWant want, Change change, List<Step> out) {
        String name = want.name();
        if (change.subject().equals(name + " stp")) {
            out.add(Step.run(stp(name, want.stp()), stp(name, !want.stp())));
        } else if (change.subject().equals(name + " " + ADDRESS)) {
            out.add(Step.run(address(name, change.after()), address(name, change.before())));
        } else if (change.subject().startsWith(name + " member ") && change.after() == null) {
            String member = change.subject().substring((name + " member ").length());
            out.add(Step.run(
                    Argv.of("ip", "link", "set", member, "nomaster"),
                    Argv.of("ip", "link", "set", member, "master", name)));
        } else if (change.subject().endsWith(" link")) {
            String member = change.subject().replaceFirst(" link$", "");
            out.add(Step.run(Argv.of("ip", "link", "set", member, "up"), Argv.of("ip", "link", "set", member, "down")));
        }
    }

    private static Argv stp(String name, boolean on) {
        return Argv.of("ip", "link", "set", name, "type", "bridge", "stp_state", on ? "1" : "0");
    }

    private static Argv address(String name, @Nullable String mac) {
        return Argv.of("ip", "link", "set", name, "address", String.valueOf(mac));
    }

    private static void join(String bridge, String member, DeviceFacts have, List<Step> out) {
        boolean down = have.links().link(member).filter(link -> !link.up()).isPresent();
        if (down) {
            out.add(Step.run(Argv.of("ip", "link", "set", member, "up"), Argv.of("ip", "link", "set", member, "down")));
        }
        out.add(Step.run(
                Argv.of("ip", "link", "set", member, "master", bridge),
                Argv.of("ip", "link", "set", member, "nomaster")));
    }
}
