package org.linkctl.model;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Services that linkctl keeps itself, and those by which it reaches a host. */
final class ReservedServices {
    /** By name without what follows a sign @. */
    private static final Map<String, String> KEPT = Map.ofEntries(
            Map.entry("keepalived", "vip has it run"),
            Map.entry("conntrackd", "stateSync has it run"),
            Map.entry("frr", "bgp and route have it run"),
            Map.entry("nftables", "firewall has its rules loaded"),
            Map.entry("wg-quick", "tunnel, tunnels and hub have their interfaces made"),
            Map.entry("wireguard", "tunnel, tunnels and hub have their interfaces made"),
            Map.entry("pf", "firewall, balance and publish have it run"),
            Map.entry("pfsync", "stateSync has it run"),
            Map.entry("firezone-gateway", "firezoneGateway has it run"));

    /** Who carries the login: SSH, what makes the network, what any service is started by. */
    private static final Set<String> REACHED_BY = Set.of(
            "ssh",
            "sshd",
            "ssh.socket",
            "sshd.socket",
            "dropbear",
            "systemd-networkd",
            "systemd-networkd.socket",
            "systemd-udevd",
            "systemd-logind",
            "dbus",
            "dbus.socket",
            "dbus-broker",
            "networking",
            "network",
            "NetworkManager",
            "wpa_supplicant",
            "dhcpcd",
            "ifup",
            "openvpn",
            "openvpn-client",
            "strongswan",
            "tailscaled",
            "netif",
            "routing",
            "dhclient",
            "devd",
            "local_unbound",
            "cloud-init");

    private static final Pattern INSTANCE = Pattern.compile("@.*");

    private ReservedServices() {}

    /** Which word keeps it; empty: none does. */
    static Optional<String> keptBy(String name) {
        String plain = INSTANCE.matcher(name).replaceFirst("");
        return Optional.ofNullable(KEPT.get(plain))
                .or(() -> name.contains("linkctl") ? Optional.of("linkctl keeps its own services") : Optional.empty());
    }

    static boolean isReachedBy(String name) {
        return REACHED_BY.contains(name)
                || REACHED_BY.contains(INSTANCE.matcher(name).replaceFirst(""));
    }
}
