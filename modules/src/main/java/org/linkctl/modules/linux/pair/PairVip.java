package org.linkctl.modules.linux.pair;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Vip;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.pairs.PairEnds;
import org.linkctl.net.Cidr;

/**
 * A vip as one of the two hosts has it: an instance of VRRP version 3 (RFC 9568) between two addresses.
 *
 * @param ends where the two hosts send their advertisements
 * @param interval hundredths of a second between advertisements
 * @param preferred whether this host is master when both are there
 */
public record PairVip(Vip vip, PairEnds ends, int interval, boolean preferred) {
    /**
     * Hundredths of a second where nothing is said: a backup takes over once it has heard nothing for three of them and
     * a part of one (RFC 9568 section 6.1, Active_Down_Interval), which is well below 3 s then.
     */
    private static final int INTERVAL = 80;

    private static final int HUNDRED = 100;

    /** What a host is to a vip. */
    public enum State {
        /** It holds all of its addresses. */
        MASTER,
        /** It holds none of them. */
        BACKUP,
        /** It holds some of them. */
        PART
    }

    /** Those of a host, in the declared order. */
    public static List<PairVip> all(Fabric fabric, Host host) {
        return fabric.of(Vip.class, host).stream()
                .flatMap(vip -> of(fabric, host, vip).stream())
                .toList();
    }

    /** Whether the other host has all of these vips; of none nobody stands by. */
    public static boolean standsBy(List<Vip> vips, Links links) {
        return !vips.isEmpty()
                && vips.stream()
                        .noneMatch(vip -> vip.addresses().stream().anyMatch(one -> holds(links, vip.on(), one)));
    }

    private static Optional<PairVip> of(Fabric fabric, Host host, Vip vip) {
        Integer seconds = vip.interval();
        return ends(fabric, host, vip)
                .map(ends -> new PairVip(
                        vip,
                        ends,
                        seconds == null ? INTERVAL : HUNDRED * seconds,
                        host.name().equals(vip.preferred(fabric))));
    }

    /** One election decides for both families: by IPv4 where the vip has an IPv4 address. */
    private static Optional<PairEnds> ends(Fabric fabric, Host host, Vip vip) {
        boolean v6 = vip.addresses().stream().allMatch(Cidr::isV6);
        return PairEnds.on(fabric, host, vip.on(), v6);
    }

    /** The name of the instance, and of the files that are kept for it. */
    public String name() {
        return vip.on() + "-" + vip.id();
    }

    /** How it is named to people. */
    public String subject() {
        return "vip " + vip.id() + " on " + vip.on();
    }

    /** Those that the advertisements name, which are of one family; the others go with them. */
    public List<Cidr> advertised() {
        return vip.addresses().stream()
                .filter(address -> address.isV6() == ends.self().isV6())
                .toList();
    }

    public List<Cidr> others() {
        return vip.addresses().stream()
                .filter(address -> address.isV6() != ends.self().isV6())
                .toList();
    }

    /** Seconds until whoever is to be master is so: three advertisements, a part of one, and some to spare. */
    public int patience() {
        return 2 + (4 * interval + HUNDRED - 1) / HUNDRED;
    }

    /** Seconds for all of a host's. */
    public static int patience(List<PairVip> vips) {
        return vips.stream().mapToInt(PairVip::patience).max().orElse(0);
    }

    /** What a host is to it, by the addresses that it has. */
    public State state(Links links) {
        Stream<Cidr> held = vip.addresses().stream().filter(address -> holds(links, vip.on(), address));
        long count = held.count();
        if (count == 0) return State.BACKUP;
        return count == vip.addresses().size() ? State.MASTER : State.PART;
    }

    /** Whether an interface has an address, whatever the length of its prefix. */
    public static boolean holds(Links links, String device, Cidr address) {
        return links.link(device).stream()
                .flatMap(link -> link.addresses().stream())
                .anyMatch(own -> own.address().equals(address.address()));
    }
}
