package org.linkctl.modules.linux.stack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.net.Ip;
import org.linkctl.shell.Step;

/**
 * What a network stack can be told beside bonds, addresses and routes. Whether a stack has it, {@link NetworkStack#devices}
 * says: on a host of one that has not, what needs it is refused by name.
 */
public interface DeviceFiles {
    /**
     * Files, by path, that make a VLAN at boot.
     *
     * @throws org.linkctl.spi.Refused where others' files make it, or would undo it
     */
    Map<String, String> vlan(VlanConfig vlan, StackFacts facts);

    /**
     * The same of a bridge and its members.
     *
     * @throws org.linkctl.spi.Refused where others' files make it, or have a member do something else
     */
    Map<String, String> bridge(BridgeConfig bridge, StackFacts facts);

    /** Whether one of our files is there to make a VLAN or a bridge of that name. */
    boolean makes(String device, String path, String content);

    /** What our files make members of a bridge. */
    Set<String> members(String bridge, StackFacts facts);

    /** The address on the wire that a file of ours gives a bridge; empty where none does. */
    String address(String bridge, Map<String, String> ours);

    /** Files that have a default route by an interface at boot. */
    Map<String, String> defaultRoute(InterfaceConfig device, Ip gateway, StackFacts facts);

    /** Whether one of our files has the default route of a family. */
    boolean isDefault(String path, boolean v6);

    /**
     * Has the stack make a VLAN or a bridge live, or change it, of which the files are there; empty: ip(8) makes it, and the
     * stack is told.
     *
     * @param members of a bridge
     */
    default Optional<List<Step>> make(String device, List<String> members) {
        return Optional.empty();
    }

    /**
     * Has the stack take one away live, of which the files are gone; empty: ip(8) does, and the stack is told.
     *
     * @param members of a bridge
     * @param stays it was there before linkctl
     */
    default Optional<List<Step>> unmake(String device, List<String> members, boolean stays) {
        return Optional.empty();
    }
}
