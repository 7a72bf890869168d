package org.linkctl.modules.linux.ecmp;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/** How the nexthop objects of a route differ from those that are wanted. */
final class NexthopDiff {
    /**
     * The way back of a group.
     *
     * @param before what the former routes need
     * @param after what is to go when they are back
     */
    record Undo(List<Argv> before, List<Argv> after) {}

    /** A group that is to be another one. The program of the route makes it. */
    record Wrong(Change change, Undo undo) {}

    /** An object that goes. */
    record Leftover(Change change, Step step) {}

    private NexthopDiff() {}

    static List<Wrong> groups(EcmpWant want, EcmpModule.Facts have) {
        List<Wrong> out = new ArrayList<>();
        for (boolean v6 : want.families()) {
            NexthopGroup wanted = want.group(v6, have.dead());
            NexthopGroup found = have.nexthops().groups().get(wanted.id());
            if (wanted.equals(found)) continue;
            out.add(new Wrong(
                    Change.state(subject(wanted), found == null ? null : found.shown(), wanted.shown()),
                    new Undo(found == null ? List.of() : found.commands(), made(wanted, have.nexthops()))));
        }
        return out;
    }

    /** Takes away what was not there before. */
    private static List<Argv> made(NexthopGroup wanted, NextHops before) {
        List<Argv> out = new ArrayList<>();
        if (!before.groups().containsKey(wanted.id())) out.add(NextHops.delete(wanted.id()));
        wanted.members().stream()
                .filter(member -> !before.devices().containsKey(member.id()))
                .forEach(member -> out.add(NextHops.delete(member.id())));
        return out;
    }

    private static String subject(NexthopGroup group) {
        return "nexthop group " + group.id() + (group.isV6() ? " (IPv6)" : " (IPv4)");
    }

    /**
     * What is there of a route and in no group that is wanted; none is while next hops are not grouped.
     *
     * @param stays objects of one interface that may stay, and by that groups of theirs
     */
    static List<Leftover> leftovers(EcmpModule.Facts have, Predicate<NextHops.Device> stays) {
        List<Leftover> out = new ArrayList<>();
        NextHops objects = have.nexthops();
        new TreeMap<>(objects.groups()).values().forEach(group -> {
            boolean wanted = stays.test(new NextHops.Device(group.id() + NexthopGroup.offset(0), ""));
            if (wanted) return;
            List<Argv> back = group.commands();
            out.add(new Leftover(
                    Change.state(subject(group), group.shown(), null),
                    new Step.Run(NextHops.deleteIfThere(group.id()), back)));
        });
        new TreeMap<>(objects.devices())
                .values().stream()
                        .filter(device -> !stays.test(device))
                        .forEach(device -> out.add(new Leftover(
                                Change.state("nexthop " + device.id(), "dev " + device.dev(), null),
                                Step.run(NextHops.deleteIfThere(device.id()), NextHops.add(device)))));
        return out;
    }
}
