package org.linkctl.modules.freebsd.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.freebsd.bridge.BridgeModule.Facts;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Refused;

/** How a bridge in the kernel differs from the one wanted, and the commands of ifconfig(8) that end it. */
final class BridgeDiff {
    private static final String ADDRESS = "link address";
    private static final String MEMBER = "member ";
    private static final String STP = "stp ";

    /** Until a port of a spanning tree passes frames: twice the forward delay of 15 s (IEEE 802.1D, table 17-1). */
    private static final int LEARNED = 30;

    /** Until neighbours have looked for another address on the wire. */
    private static final int LOOKED = 5;

    private static final String JOIN =
            ShellFile.of(BridgeDiff.class, "join-bridge.sh").text();

    private BridgeDiff() {}

    static List<Change> changes(BridgeWant want, Facts have) {
        List<Change> out = new ArrayList<>();
        Ifconfig.Device device = have.links().device(want.name()).orElse(null);
        BridgeSetup now = have.setup();
        for (String member : want.members()) {
            have.links()
                    .device(member)
                    .filter(port -> !port.up())
                    .ifPresent(port -> out.add(Change.state(member + " link", "down", "up")));
            for (Cidr address : addresses(have, member)) {
                out.add(Change.state(member + " " + address, "present", null).cuts());
            }
        }
        if (device == null) out.add(Change.state(want.name(), null, want.shown()));
        else if (now == null) {
            throw new Refused(want.name() + " is there and is no bridge; give the bridge another name, or remove it");
        } else existing(want, device, now, have, out);
        return out;
    }

    private static void existing(
            BridgeWant want, Ifconfig.Device device, BridgeSetup now, Facts have, List<Change> out) {
        String name = want.name() + " ";
        for (String member : want.joining(have)) out.add(Change.state(name + MEMBER + member, null, "present"));
        for (String member : leaving(want, have)) {
            out.add(Change.state(name + MEMBER + member, "present", null).cuts());
        }
        for (String member : want.members()) {
            boolean stp = now.members().getOrDefault(member, false);
            if (stp != want.stp())
                out.add(Change.state(name + STP + member, onOff(stp), onOff(want.stp()))
                        .cuts(LEARNED));
        }
        String mac = want.mac(have);
        if (!mac.isEmpty() && !mac.equals(device.mac()))
            out.add(Change.state(name + ADDRESS, device.mac(), mac).cuts(LOOKED));
        if (!device.up()) out.add(Change.state(name + "link", "down", "up"));
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    /** What others put there, such as the interfaces of virtual machines, stays. */
    private static Set<String> leaving(BridgeWant want, Facts have) {
        Set<String> out = new TreeSet<>(BridgeSetup.written(have.file()));
        BridgeSetup now = have.setup();
        if (now != null) out.retainAll(now.members().keySet());
        want.members().forEach(out::remove);
        return out;
    }

    private static List<Cidr> addresses(Facts have, String member) {
        return have.links().device(member).map(Ifconfig.Device::own).orElse(List.of());
    }

    /** The addresses that members lose. */
    static List<Cidr> stripped(BridgeWant want, Facts have) {
        return want.members().stream()
                .flatMap(member -> addresses(have, member).stream())
                .toList();
    }

    /** What goes with interfaces that become members. */
    static List<Change> routes(BridgeWant want, Facts have) {
        return have.going().withDevices(want.joining(have), want.name(), want.addresses());
    }

    static List<Step> steps(BridgeWant want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        String name = want.name();
        boolean made = have.setup() == null && changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, name));
        if (made) {
            out.add(Step.run(Argv.of("ifconfig", name, "create"), Argv.of("ifconfig", name, "destroy")));
        }
        for (Change change : changes) {
            if (change.kind() == Change.Kind.STATE && !change.subject().equals(name)) one(want, change, out);
        }
        if (!made) return out;
        for (String member : want.members()) {
            out.add(join(name, member));
            if (want.stp()) out.add(stp(name, member, true));
        }
        String mac = want.mac(have);
        if (!mac.isEmpty()) out.add(Step.run("ifconfig", name, "ether", mac));
        out.add(Step.run("ifconfig", name, "up"));
        return out;
    }

    private static void one(BridgeWant want, Change change, List<Step> out) {
        String name = want.name();
        String what = change.subject().substring(change.subject().indexOf(' ') + 1);
        String device = change.subject().substring(0, change.subject().indexOf(' '));
        if (device.equals("route")) return; // it goes by itself
        if (what.equals("link")) {
            out.add(Step.run(Argv.of("ifconfig", device, "up"), Argv.of("ifconfig", device, "down")));
        } else if (what.equals(ADDRESS)) {
            out.add(Step.run(wire(name, change.after()), wire(name, change.before())));
        } else if (what.startsWith(MEMBER)) {
            String member = what.substring(MEMBER.length());
            out.add(change.after() == null ? leave(name, member) : join(name, member));
        } else if (what.startsWith(STP)) {
            out.add(stp(name, what.substring(STP.length()), want.stp()));
        } else out.add(without(device, Cidr.of(what)));
    }

    private static Argv wire(String name, @Nullable String mac) {
        return Argv.of("ifconfig", name, "ether", String.valueOf(mac));
    }

    private static Step join(String bridge, String member) {
        return Step.run(
                Argv.of("/bin/sh", "-c", JOIN, "linkctl", bridge, member),
                Argv.of("ifconfig", bridge, "deletem", member));
    }

    static Step leave(String bridge, String member) {
        return Step.run(Argv.of("ifconfig", bridge, "deletem", member), Argv.of("ifconfig", bridge, "addm", member));
    }

    private static Step stp(String bridge, String member, boolean on) {
        Argv set = Argv.of("ifconfig", bridge, "stp", member);
        Argv unset = Argv.of("ifconfig", bridge, "-stp", member);
        return on ? Step.run(set, unset) : Step.run(unset, set);
    }

    private static Step without(String member, Cidr address) {
        List<String> words = Stream.concat(Stream.of("ifconfig", member), Ifconfig.words(address).stream())
                .toList();
        return Step.run(with(words, "-alias"), with(words, "alias"));
    }

    static Argv with(List<String> words, String last) {
        List<String> all = new ArrayList<>(words);
        all.add(last);
        return new Argv(all);
    }
}
