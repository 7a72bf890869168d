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

    /** Whether nobody else has NetworkManager make an interface. */
    static void requireOurs(String device, NetworkManagerFacts manager) {
        for (NetworkManagerFacts.Profile other : manager.others(device)) {
            throw new Refused("the profile '" + other.name() + "' (" + other.file() + ") has NetworkManager make "
                    + device
                    + ", and linkctl's own would take its place; remove it: nmcli connection delete '" + other.name()
                    + "'");
        }
    }

    /** Whether an interface can be a member of a bridge; one that linkctl makes would be there before the bridge's profile. */
    static void requirePort(String bridge, InterfaceConfig member, NetworkManagerFacts manager) {
        if (member.made())
            throw new Refused("on a host of NetworkManager linkctl has bridges of interfaces that are there; "
                    + member.name() + ", which shall be a member of " + bridge + ", is a " + member.kind()
                    + " of its own making");
        requireEthernet(member.name(), "bridges", manager);
    }

    private static void requireEthernet(String member, String what, NetworkManagerFacts manager) {
        String type = managed(member, manager).type();
        if (!type.equals("ethernet"))
            throw new Refused(member + " is of the type " + type + " for NetworkManager; linkctl has it make " + what
                    + " of Ethernet interfaces");
        requireLess(member, manager);
    }

    /** An owner's profile that asks for no addresses stays as it is. */
    static void refuseDhcp(String device, NetworkManagerFacts manager) {
        String name = manager.others(device).stream()
                .findFirst()
                .or(() -> manager.active(device))
                .map(NetworkManagerFacts.Profile::name)
                .orElse(device);
        throw new Refused("dhcp: of " + device + ": its profile '" + name
                + "' is somebody else's and got no address by DHCP; have it ask (nmcli connection modify '" + name
                + "' ipv4.method auto), or remove it, and linkctl gives " + device + " one");
    }

    /** Whether a bond can be made of these members. */
    static void requireFree(String bond, List<String> members, NetworkManagerFacts manager) {
        requireOurs(bond, manager);
        for (String member : members) {
            requireEthernet(member, "bonds", manager);
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
