package org.linkctl.modules.linux.bond;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.linkctl.model.Bond.LacpRate;
import org.linkctl.model.Bond.Mode;
import org.linkctl.model.Bond.XmitHash;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.stack.BondConfig;
import org.linkctl.modules.linux.stack.BondUnit;
import org.linkctl.modules.linux.stack.InterfaceConfig;
import org.linkctl.modules.linux.stack.NetworkStack;
import org.linkctl.modules.linux.stack.StackDiff;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;

/**
 * That a bond is there no more. Its members are released, and up again where they were up when it was made: releasing
 * one takes it down (kernel: Documentation/networking/bonding.rst). What addresses they had then are their own files'.
 *
 * @param members as last declared
 * @param up those that were up before there was the bond
 */
record BondGone(String name, List<String> members, List<String> up) implements BondModule.Wanted {
    private static final String MEMBERS = "members";
    private static final String UP = "up";

    BondGone {
        members = List.copyOf(members);
        up = List.copyOf(up);
    }

    /** A member is up because it is one: what it was before can be told only while it is none. */
    static Memory memory(BondModule.Want want, BondModule.Facts have, Optional<Memory> before) {
        Set<String> up = new TreeSet<>(before.map(memory -> memory.words(UP)).orElse(List.of()));
        List<String> known =
                before.map(memory -> memory.words(MEMBERS)).orElse(have.links().enslavedTo(want.name()));
        for (String member : want.members()) {
            if (known.contains(member)) continue;
            if (have.links().link(member).filter(Links.Link::up).isPresent()) up.add(member);
        }
        up.retainAll(want.members());
        return Memory.OWNED.with(MEMBERS, want.members()).with(UP, up);
    }

    static BondGone of(Owned owned) {
        return new BondGone(
                owned.name(), owned.memory().words(MEMBERS), owned.memory().words(UP));
    }

    private static BondConfig any(String bond) {
        InterfaceConfig ip = new InterfaceConfig(bond, true, List.of(), null);
        return new BondConfig(bond, Mode.LACP, XmitHash.LAYER2, 0, LacpRate.SLOW, List.of(), "", ip);
    }

    /** Our files that make it. */
    static Map<String, String> files(String bond, BondModule.Facts have) {
        NetworkStack stack = have.stack().require();
        BondConfig any = any(bond);
        Set<String> own = stack.bond(any, have.stack()).keySet();
        Map<String, String> out = new TreeMap<>();
        have.stack().ours().forEach((path, text) -> {
            if (OurFiles.isOurs(text) && (own.contains(path) || stack.makes(bond, path, text))) out.put(path, text);
        });
        return out;
    }

    /** Where no file of ours makes it any more, or somebody else's does, the device is somebody else's. */
    List<Change> changes(BondModule.Facts have) {
        List<Change> out = new ArrayList<>();
        Map<String, String> files = files(name, have);
        Links.Link device = have.links().link(name).orElse(null);
        boolean others = have.stack().require().keeps(name, have.stack());
        if (device != null && !device.bond().isEmpty() && !files.isEmpty() && !others) {
            String now = device.bond().get("mode") + " over "
                    + String.join(" ", new TreeSet<>(have.links().enslavedTo(name)));
            out.add(Change.state(name, now, null).cuts());
            out.addAll(routes(have));
        }
        files.forEach((path, text) -> out.add(Change.file(path, text, null)));
        return out;
    }

    private List<Change> routes(BondModule.Facts have) {
        return have.going().withDevices(List.of(name), null, List.of());
    }

    /** Only where the bond goes: one that is somebody else's stays. */
    List<String> warnings(BondModule.Facts have) {
        if (changes(have).stream().noneMatch(change -> change.is(Change.Kind.STATE, name))) return List.of();
        List<Cidr> addresses =
                have.links().link(name).map(Links.Link::addresses).orElse(List.of());
        return have.going().warnings(routes(have), addresses, null, List.of());
    }

    /** The kernel first, as where one is made. */
    List<Step> steps(BondModule.Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        List<String> released = have.links().enslavedTo(name);
        boolean dissolves = changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, name));
        NetworkStack stack = have.stack().require();
        if (dissolves && stack.make(any(name), false).isEmpty()) dissolve(have, released, out);
        if (StackDiff.write(stack, changes, out)) {
            if (changes.stream().anyMatch(change -> BondUnit.isOne(change.subject()))) out.addAll(stack.unitsChanged());
            out.addAll(stack.reload(name, have.stack()));
        }
        if (dissolves) {
            for (String member : released) {
                if (up.contains(member)) {
                    out.add(Step.run(
                            Argv.of("ip", "link", "set", member, "up"), Argv.of("ip", "link", "set", member, "down")));
                }
            }
        }
        return out;
    }

    private void dissolve(BondModule.Facts have, List<String> released, List<Step> out) {
        BondDevice.release(name, have, released, out);
        out.add(new Step.Run(Argv.of("ip", "link", "delete", name), List.of(back(have))));
    }

    /** What makes it again, with the options that it had. */
    private Argv back(BondModule.Facts have) {
        List<String> words = new ArrayList<>(List.of("ip", "link", "add", name, "type", "bond"));
        have.links()
                .link(name)
                .ifPresent(link -> new TreeMap<>(link.bond()).descendingMap().forEach((option, value) -> {
                    if (option.equals("lacp_rate")
                            && !Mode.LACP.kernel().equals(link.bond().get("mode"))) return;
                    words.addAll(List.of(option, value));
                }));
        return new Argv(words);
    }
}
