package org.linkctl.modules.linux.stack;

import java.util.List;

/**
 * A bridge as it has to be made, live and at boot.
 *
 * @param members as the stack knows them, each with nothing but its name, kind and mtu
 * @param declared the names of those that have an entry of their own in the inventory, and so a file
 * @param mac its address on the wire, in lower case; empty: what the kernel makes of it
 * @param ip its addresses, its MTU and DHCP, where one file says all of an interface
 */
public record BridgeConfig(
        String name,
        List<InterfaceConfig> members,
        List<String> declared,
        boolean stp,
        String mac,
        InterfaceConfig ip) {
    public BridgeConfig {
        members = List.copyOf(members);
        declared = List.copyOf(declared);
    }
}
