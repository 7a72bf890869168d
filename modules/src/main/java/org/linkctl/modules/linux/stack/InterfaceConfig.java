package org.linkctl.modules.linux.stack;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Bridge;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Link;
import org.linkctl.model.Link.Dhcp;
import org.linkctl.net.Cidr;

/**
 * What an interface has to have, now and at boot.
 *
 * @param kind the word that declares it: {@code nic} where it is there by itself
 * @param mtu bytes; null: as it is
 * @param dhcp of which families a client asks for addresses; null: of none that linkctl asks for
 * @param port it is a member of a bridge
 */
public record InterfaceConfig(
        String name,
        String kind,
        List<Cidr> addresses,
        @Nullable Integer mtu,
        @Nullable Dhcp dhcp,
        boolean port) {
    public InterfaceConfig {
        addresses = List.copyOf(addresses);
    }

    /** One that is no member of a bridge. */
    public InterfaceConfig(String name, String kind, List<Cidr> addresses, @Nullable Integer mtu, @Nullable Dhcp dhcp) {
        this(name, kind, addresses, mtu, dhcp, false);
    }

    /** A bond, or what is there by itself, without DHCP. */
    public InterfaceConfig(String name, boolean made, List<Cidr> addresses, @Nullable Integer mtu) {
        this(name, made ? "bond" : "nic", addresses, mtu, null);
    }

    /** A declared interface as the stack knows it, without its addresses. */
    public static InterfaceConfig of(Link link) {
        return new InterfaceConfig(link.name(), link.kind(), List.of(), link.mtu(), link.dhcp());
    }

    /** All that is declared of an interface, for a stack that has one file for it. */
    public static InterfaceConfig whole(Link link, Fabric fabric, Host host) {
        boolean port = fabric.of(Bridge.class, host).stream()
                .anyMatch(bridge -> bridge.members().contains(link.name()));
        return new InterfaceConfig(link.name(), link.kind(), link.addresses(), link.mtu(), link.dhcp(), port);
    }

    /** Whether linkctl makes the interface, so that it may be missing when a plan is made. */
    public boolean made() {
        return !kind.equals("nic");
    }

    /** What only some stacks can have: the name of the first of it; empty: nothing. */
    public String beyond() {
        if (kind.equals("vlan") || kind.equals("bridge")) return kind + " " + name;
        return dhcp == null ? "" : "dhcp: of " + name;
    }
}
