package org.linkctl.modules.linux.kernel;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;

/** How an interface gets an address and loses it: ip-address(8), as the network stacks do it at boot. */
public final class AddressCommands {
    /** Bits of the longest prefix that has a broadcast address of its own (RFC 3021). */
    private static final int BROADCASTS = 30;

    private AddressCommands() {}

    /**
     * Adds an address, or makes one that is there as it has to be. {@code ip} gives an IPv4 address no broadcast address
     * unless it is told to; systemd-networkd and ifupdown give it one (systemd.network(5), Broadcast=; interfaces(5)).
     */
    public static Argv replace(String device, Cidr address) {
        List<String> words = new ArrayList<>(List.of("ip", "address", "replace", address.toString()));
        if (hasBroadcast(address)) words.addAll(List.of("broadcast", "+"));
        words.addAll(List.of("dev", device));
        // A route cannot name an address as its source while duplicates are still looked for.
        if (address.isV6()) words.add("nodad");
        return new Argv(words);
    }

    public static Argv delete(String device, Cidr address) {
        return Argv.of("ip", "address", "delete", address.toString(), "dev", device);
    }

    public static boolean hasBroadcast(Cidr address) {
        return !address.isV6() && address.length() <= BROADCASTS;
    }
}
