package org.linkctl.modules.linux.stack;

import java.util.List;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Refused;

/** What NetworkManager has on a host that what is declared cannot stand beside. */
final class NetworkManagerRefusals {
    private NetworkManagerRefusals() {}

    static NetworkManagerFacts.Device managed(String device, NetworkManagerFacts manager) {
        NetworkManagerFacts.Device out = manager.device(device).orElse(null);
        if (out != null && out.managed()) return out;
        throw new Refused(device + " is not managed by NetworkManager, which runs its network; have it managed"
                + " (NetworkManager.conf(5), unmanaged-devices; on Debian also its stanza in /etc/network/interfaces)");
    }

    /** Whether a bond can be made of these members. */
    static void requireFree(String bond, List<String> members, NetworkManagerFacts manager) {
        for (NetworkManagerFacts.Profile other : manager.others(bond)) {
            throw new Refused("the profile '" + other.name() + "' (" + other.file() + ") has NetworkManager make "
                    + bond
                    + ", and linkctl's own would take its place; remove it: nmcli connection delete '" + other.name()
                    + "'");
        }
        for (String member : members) {
            String type = managed(member, manager).type();
            if (!type.equals("ethernet"))
                throw new Refused(member + " is of the type " + type
                        + " for NetworkManager; linkctl has it make bonds of Ethernet interfaces");
            requireLess(member, manager);
        }
    }

    /** Of two with the greatest priority NetworkManager takes the one that was in force last. */
    static void requireLess(String device, NetworkManagerFacts manager) {
        for (NetworkManagerFacts.Profile other : manager.others(device)) {
            if (other.priority() < NetworkManager.PRIORITY) continue;
            throw new Refused("the profile '" + other.name() + "' (" + other.file() + ") is for " + device
                    + " and has the greatest priority; make its connection.autoconnect-priority less than "
                    + NetworkManager.PRIORITY);
        }
    }

    /** The same address with another length in its owner's profile would come back with it. */
    static void requireSame(InterfaceConfig want, NetworkManagerFacts manager) {
        for (NetworkManagerFacts.Profile profile : manager.others(want.name())) {
            for (Cidr other : profile.addresses()) {
                for (Cidr address : want.addresses()) {
                    if (!other.address().equals(address.address()) || other.equals(address)) continue;
                    throw new Refused("the profile '" + profile.name() + "' (" + profile.file() + ") gives " + other
                            + " to " + want.name() + ", the inventory gives it " + address + "; make them agree");
                }
            }
        }
    }
}
