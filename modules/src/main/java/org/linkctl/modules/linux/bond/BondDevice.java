package org.linkctl.modules.linux.bond;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.linux.kernel.AddressCommands;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Refused;

/** How a bond in the kernel differs from the one wanted, and what mends it (kernel: bonding.rst; ip-link(8)). */
final class BondDevice {
    private static final String ADDRESS = "link address";

    private final BondModule.Want want;
    private final BondModule.Facts have;
    private final BondIdentity identity;
    private final List<Step> out = new ArrayList<>();

    private BondDevice(BondModule.Want want, BondModule.Facts have) {
        this.want = want;
        this.have = have;
        this.identity = BondIdentity.of(want, have);
    }

    /** Members that leave and come back find their partner again within some LACPDUs, one a second (IEEE 802.1AX). */
    private static final int RENEWED = 5;

    static List<Change> changes(BondModule.Want want, BondModule.Facts have) {
        List<Change> out = new ArrayList<>();
        Links.Link device = have.links().link(want.name()).orElse(null);
        if (device == null) {
            out.add(Change.state(
                    want.name(), null, want.mode().kernel() + " over " + String.join(" ", want.members())));
        } else if (device.bond().isEmpty()) {
            throw new Refused(want.name() + " is there and is no bond; give the bond another name, or remove it");
        } else {
            options(want, device, out);
            Set<String> now = new TreeSet<>(have.links().enslavedTo(want.name()));
            Set<String> wanted = new TreeSet<>(want.members());
            if (!now.equals(wanted)) out.add(members(want, have, String.join(" ", now), String.join(" ", wanted)));
            String mac = BondIdentity.of(want, have).mac();
            if (!mac.isEmpty() && !mac.equals(device.mac())) {
                Change change = Change.state(want.name() + " " + ADDRESS, device.mac(), mac);
                out.add(now.isEmpty() ? change : change.cuts(RENEWED));
            }
            if (!device.up()) out.add(Change.state(want.name() + " link", "down", "up"));
            for (String member : idle(want, have)) out.add(Change.state(member + " link", "down", "up"));
        }
        for (String member : want.members()) {
            for (Cidr address : addresses(have, member)) {
                out.add(Change.state(member + " " + address, "present", null).cuts());
            }
        }
        return out;
    }

    /** What goes with interfaces that become members, and with addresses that members lose. */
    static List<Change> routes(BondModule.Want want, BondModule.Facts have) {
        List<String> now = have.links().enslavedTo(want.name());
        List<String> joining =
                want.members().stream().filter(member -> !now.contains(member)).toList();
        List<Change> out = new ArrayList<>(have.going().withDevices(joining, want.name(), want.addresses()));
        for (String member : now) {
            if (want.members().contains(member))
                out.addAll(have.going().withAddresses(member, addresses(have, member), List.of()));
        }
        return out;
    }

    /** The addresses that members lose. */
    static List<Cidr> stripped(BondModule.Want want, BondModule.Facts have) {
        return want.members().stream()
                .flatMap(member -> addresses(have, member).stream())
                .toList();
    }

    /** Members that somebody has set down: the bond keeps them, and never uses them. */
    private static List<String> idle(BondModule.Want want, BondModule.Facts have) {
        return have.links().enslavedTo(want.name()).stream()
                .filter(want.members()::contains)
                .filter(member ->
                        have.links().link(member).filter(link -> !link.up()).isPresent())
                .toList();
    }

    /** A member's own addresses: answers to what comes in by the bond would leave by the member, round the bond. */
    private static List<Cidr> addresses(BondModule.Facts have, String member) {
        return have.links().link(member).map(Links.Link::addresses).orElse(List.of());
    }

    private static void options(BondModule.Want want, Links.Link device, List<Change> out) {
        option(want, device, "mode", want.mode().kernel(), true, out);
        option(want, device, "xmit_hash_policy", want.hash().kernel(), false, out);
        option(want, device, "miimon", Integer.toString(want.miimon()), false, out);
        if (want.lacp()) option(want, device, "lacp_rate", want.lacpRate().kernel(), true, out);
    }

    private static void option(
            BondModule.Want want, Links.Link device, String name, String wanted, boolean cuts, List<Change> out) {
        String now = device.bond().get(name);
        if (wanted.equals(now)) return;
        Change change = Change.state(want.name() + " " + name, now == null ? "unset" : now, wanted);
        out.add(cuts ? change.cuts(RENEWED) : change);
    }

    /** Whoever comes from another bond is missed there. */
    private static Change members(BondModule.Want want, BondModule.Facts have, String now, String wanted) {
        Change change = Change.state(want.name() + " members", now.isEmpty() ? "none" : now, wanted);
        boolean elsewhere = want.members().stream()
                .flatMap(member -> have.links().link(member).stream())
                .anyMatch(link -> link.master() != null && !want.name().equals(link.master()));
        return elsewhere ? change.cuts(RENEWED) : change;
    }

    static List<Step> steps(BondModule.Want want, BondModule.Facts have, List<Change> changes) {
        BondDevice device = new BondDevice(want, have);
        for (String member : want.members()) {
            for (Cidr address : addresses(have, member)) device.strip(member, address);
        }
        Links.Link now = have.links().link(want.name()).orElse(null);
        if (now == null) device.out.addAll(device.identity.config(want).creation());
        else device.alter(now, changes);
        return device.out;
    }

    /** Whether anything changes that a bond which is up cannot get. */
    static boolean isMadeAgain(BondModule.Want want, List<Change> changes) {
        List<String> down = List.of("mode", "lacp_rate", ADDRESS);
        return changes.stream()
                .anyMatch(change -> change.kind() == Change.Kind.STATE
                        && down.stream().anyMatch(what -> change.subject().equals(want.name() + " " + what)));
    }

    /** What changes of a bond while it is up and keeps its members. */
    static List<Step> settings(BondModule.Want want, BondModule.Facts have, List<Change> changes) {
        BondDevice device = new BondDevice(want, have);
        have.links().link(want.name()).ifPresent(now -> device.options(now, changes));
        for (String member : idle(want, have)) device.link(member, "up", "down");
        if (device.changed(changes, "link")) device.link(want.name(), "up", "down");
        return device.out;
    }

    private void options(Links.Link now, List<Change> changes) {
        if (changed(changes, "xmit_hash_policy"))
            set(now, "xmit_hash_policy", want.hash().kernel());
        if (changed(changes, "miimon")) set(now, "miimon", Integer.toString(want.miimon()));
    }

    private void ip(List<String> words, @Nullable List<String> back) {
        out.add(back == null ? Step.run(argv(words)) : Step.run(argv(words), argv(back)));
    }

    private static Argv argv(List<String> words) {
        List<String> all = new ArrayList<>(List.of("ip"));
        all.addAll(words);
        return new Argv(all);
    }

    private void link(String device, String verb, String back) {
        ip(List.of("link", "set", device, verb), List.of("link", "set", device, back));
    }

    private void strip(String member, Cidr address) {
        out.add(Step.run(AddressCommands.delete(member, address), AddressCommands.replace(member, address)));
    }

    private void alter(Links.Link now, List<Change> changes) {
        List<String> members = have.links().enslavedTo(want.name());
        boolean mode = changed(changes, "mode");
        boolean rate = changed(changes, "lacp_rate");
        if (mode || rate) link(want.name(), "down", "up");
        // The mode can only be changed while there are no members (bonding.rst).
        List<String> released = members.stream()
                .filter(member -> mode || !want.members().contains(member))
                .toList();
        release(want.name(), have, released, out);
        if (mode) set(now, "mode", want.mode().kernel());
        if (rate || (mode && want.lacp())) set(now, "lacp_rate", want.lacpRate().kernel());
        options(now, changes);
        // A bond that lost its last member has made up another address (bonding.rst).
        boolean emptied = !members.isEmpty() && released.size() == members.size();
        if (!identity.mac().isEmpty() && (emptied || changed(changes, ADDRESS))) {
            ip(
                    List.of("link", "set", want.name(), "address", identity.mac()),
                    List.of("link", "set", want.name(), "address", now.mac()));
        }
        for (String member : identity.members()) {
            if (mode || !members.contains(member))
                out.addAll(identity.config(want).enslaving(member));
        }
        for (String member : idle(want, have)) {
            if (!mode) link(member, "up", "down");
        }
        if (mode || rate) up(now);
        else if (changed(changes, "link")) link(want.name(), "up", "down");
    }

    /**
     * Releases members. They come back one after the other, the first one first, since by their order a bond hands out
     * flows; and its address before them, since a bond that had no members has made up another one (bonding.rst). So what
     * undoes it stands at the first step, which is undone last. Only an interface that is down can be enslaved.
     */
    static void release(String bond, BondModule.Facts have, List<String> members, List<Step> out) {
        List<String> order = List.of(have.order().split(" "));
        List<String> sorted = new ArrayList<>(members);
        sorted.sort(Comparator.comparingInt(order::indexOf));
        List<Argv> back = new ArrayList<>();
        String mac = have.links().link(bond).map(Links.Link::mac).orElse("");
        if (!mac.isEmpty() && members.containsAll(have.links().enslavedTo(bond)))
            back.add(Argv.of("ip", "link", "set", bond, "address", mac));
        for (String member : sorted) {
            back.add(Argv.of("ip", "link", "set", member, "down"));
            back.add(Argv.of("ip", "link", "set", member, "master", bond));
        }
        for (String member : sorted) {
            out.add(new Step.Run(
                    Argv.of("ip", "link", "set", member, "nomaster"),
                    member.equals(sorted.getFirst()) ? back : List.of()));
        }
    }

    /** An interface that was down for a moment has lost its IPv6 addresses (ip-sysctl.rst, keep_addr_on_down) too. */
    private void up(Links.Link now) {
        link(want.name(), "up", "down");
        for (Cidr address : now.addresses()) {
            if (address.isV6()) out.add(new Step.Run(AddressCommands.replace(want.name(), address), List.of()));
        }
        out.addAll(have.routes().afterDown(want.name()));
    }

    private void set(Links.Link now, String option, String value) {
        List<String> words = List.of("link", "set", want.name(), "type", "bond", option);
        String before = now.bond().get(option);
        ip(concat(words, value), before == null ? null : concat(words, before));
    }

    private static List<String> concat(List<String> first, String last) {
        List<String> out = new ArrayList<>(first);
        out.add(last);
        return out;
    }

    private boolean changed(List<Change> changes, String what) {
        return changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, want.name() + " " + what));
    }
}
