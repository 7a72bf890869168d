package org.linkctl.modules.linux.bond;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.stack.BondConfig;
import org.linkctl.spi.Change;

/**
 * What of a bond only its host can tell, and what has to be the same after a boot as it was before: DHCP reservations and
 * port security know the address, and the order of the members decides by which of them a flow leaves.
 *
 * @param mac its address on the wire, in lower case; empty: what the kernel makes of it
 * @param members in the order in which they are enslaved, which is the one that the kernel counts them in
 */
record BondIdentity(String mac, List<String> members) {
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");

    BondIdentity {
        members = List.copyOf(members);
    }

    /**
     * An existing bond keeps the address it has, which is the one that a file of ours names if there is one; a new one, or
     * one without members, gets the permanent address of its first member, as it would from the kernel if udev gave it none (kernel:
     * bonding.rst, "MAC address"; systemd.link(5), MACAddressPolicy). The order is the kernel's, or else the declared one.
     */
    static BondIdentity of(BondModule.Want want, BondModule.Facts have) {
        Optional<Links.Link> device =
                have.links().link(want.name()).filter(link -> !link.bond().isEmpty());
        String first = have.links()
                .link(want.members().getFirst())
                .map(Links.Link::permanent)
                .orElse("");
        String mac = have.stack()
                .require()
                .bondAddress(want.name(), have.stack().ours())
                .or(() -> device.filter(
                                one -> !have.links().enslavedTo(want.name()).isEmpty())
                        .map(Links.Link::mac))
                .filter(address -> !leaves(address, want, have))
                .orElse(first);
        boolean usable = MAC.matcher(mac).matches() || mac.equals(Change.UNKNOWN);
        return new BondIdentity(usable ? mac : "", device.isPresent() ? order(want, have) : want.members());
    }

    BondConfig config(BondModule.Want want) {
        return new BondConfig(
                want.name(), want.mode(), want.hash(), want.miimon(), want.lacpRate(), members, mac, want.ip());
    }

    /** It is a port's own, and that port is no member (any more): two stations of one network would have one address. */
    private static boolean leaves(String mac, BondModule.Want want, BondModule.Facts have) {
        return have.links().byName().values().stream()
                .anyMatch(link -> link.port()
                        && link.permanent().equals(mac)
                        && !want.members().contains(link.name()));
    }

    private static List<String> order(BondModule.Want want, BondModule.Facts have) {
        List<String> out = new ArrayList<>();
        for (String member : have.order().split(" ", -1)) if (want.members().contains(member)) out.add(member);
        for (String member : want.members()) if (!out.contains(member)) out.add(member);
        return out;
    }
}
