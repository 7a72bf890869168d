package org.linkctl.check;

import java.util.List;
import org.linkctl.diag.Place;
import org.linkctl.net.Cidr;

/** Addresses that no interface can have, whatever stands elsewhere. */
final class AddressValues {
    private final Refusals refusals;

    AddressValues(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Place at, List<Cidr> addresses) {
        for (Cidr address : addresses) {
            String special = Bits.special(address.address());
            if (special != null) special(at, "address", address, "is " + special + " address");
            else if (address.isV6() && Bits.isLinkLocal(address.address())) linkLocal(at, address);
            else if (address.length() == 0) refuse(at, address, "has the length 0");
            else if (address.length() < (address.isV6() ? 127 : 31) && address.isNetwork()) {
                refuse(at, address, "is the prefix itself, not an address in it");
            } else if (Bits.isEdge(address, address.address())) {
                refuse(at, address, "is the broadcast address of its prefix");
            }
        }
    }

    /** An IPv4-mapped one has an IPv4 one that was probably meant. */
    void special(Place at, String attribute, Cidr cidr, String why) {
        Cidr plain = cidr.unmapped().orElse(null);
        boolean whole = plain != null && plain.length() == 0; // no interface has so short a prefix, and no LAN
        refusals.value(
                at,
                attribute,
                cidr.toString(),
                attribute + ": '" + cidr + "' " + why,
                whole ? "IPv4 is written as IPv4, with a prefix length of its own, up to 32" : "",
                plain == null || whole ? null : plain.toString());
    }

    /** IPv4's are left alone: they are a usual choice for the two ends of a tunnel. */
    private void linkLocal(Place at, Cidr address) {
        refusals.value(
                at,
                "address",
                address.toString(),
                "address: '" + address + "' is link-local",
                "it means nothing but on its own link; here stands one that others reach, for instance 'fd00:a::4/64'");
    }

    private void refuse(Place at, Cidr address, String why) {
        refusals.value(at, "address", address.toString(), "address: '" + address + "' " + why, "");
    }
}
