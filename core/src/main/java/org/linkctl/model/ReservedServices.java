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

    /** Another firewall, which knows nothing of linkctl's rules, nor of the port that linkctl comes by. */
    private static final Set<String> FIREWALLS = Set.of(
            "ufw",
            "firewalld",
            "iptables",
            "ip6tables",
            "netfilter-persistent",
            "shorewall",
            "shorewall6",
            "ferm",
            "ipfw",
            "ipfilter",
            "ipnat");

    /** What the login goes by: SSH, what makes the network and who users are, what any service is started by. */
    private static final Set<String> REACHED_BY = Set.of(
            "ssh",
            "sshd",
            "sshd-keygen",
            "dropbear",
            "openssh",
            "systemd-networkd",
            "systemd-networkd-wait-online",
            "systemd-networkd-persistent-storage",
            "systemd-network-generator",
            "systemd-resolved",
            "systemd-udevd",
            "systemd-udevd-control",
            "systemd-udevd-kernel",
            "systemd-udev-trigger",
            "systemd-udev-settle",
            "udev",
            "eudev",
            "systemd-logind",
            "systemd-user-sessions",
            "systemd-modules-load",
            "systemd-sysctl",
            "systemd-sysusers",
            "systemd-tmpfiles-setup",
            "systemd-remount-fs",
            "systemd-journald",
            "dbus",
            "dbus-broker",
            "polkit",
            "sssd",
            "nscd",
            "nslcd",
            "winbind",
            "networking",
            "network",
            "network-manager",
            "NetworkManager",
            "NetworkManager-dispatcher",
            "NetworkManager-wait-online",
            "ModemManager",
            "wpa_supplicant",
            "iwd",
            "dhcpcd",
            "dhclient",
            "ifup",
            "ifplugd",
            "ifupdown-pre",
            "ifupdown-wait-online",
            "resolvconf",
            "openvpn",
            "openvpn-client",
            "openvpn-server",
            "strongswan",
            "strongswan-starter",
            "ipsec",
            "tailscaled",
            "zerotier-one",
            "zerotier",
            "tinc",
            "tincd",
            "pppd",
            "ppp",
            "mpd5",
            "netif",
            "routing",
            "rtsold",
            "static_arp",
            "static_ndp",
            "netwait",
            "bridge",
            "devd",
            "devfs",
            "kld",
            "sysctl",
            "local_unbound",
            "cloud-init",
            "cloud-init-local",
            "cloud-init-main",
            "cloud-init-network",
            "cloudinit",
            "cloud-config",
            "cloud-final");

    /** What a unit's name ends in (systemd.unit(5)). */
    private static final Pattern TYPE =
            Pattern.compile("\\.(?:service|socket|timer|path|target|mount|automount|swap|slice|scope|device)$");

    /** Units by which the system comes up and goes down, and drop-ins for all units of a type. */
    private static final Pattern WHOLE_SYSTEMS = Pattern.compile(
            ".*\\.(?:target|mount|automount|swap|slice|scope|device)|service|socket|timer|path|target|mount");

    private static final Pattern INSTANCE = Pattern.compile("@.*");

    private ReservedServices() {}

    private static String plain(String name) {
        String whole = TYPE.matcher(name).replaceFirst("");
        return INSTANCE.matcher(whole).replaceFirst("");
    }

    /** Which word keeps it; empty: none does. */
    static Optional<String> keptBy(String name) {
        return Optional.ofNullable(KEPT.get(plain(name)))
                .or(() -> name.contains("linkctl") ? Optional.of("linkctl keeps its own services") : Optional.empty());
    }

    static boolean isReachedBy(String name) {
        return REACHED_BY.contains(plain(name));
    }

    static boolean isFirewall(String name) {
        return FIREWALLS.contains(plain(name));
    }

    /** Whether a unit is no single service's. */
    static boolean isWholeSystems(String name) {
        return WHOLE_SYSTEMS.matcher(name).matches();
    }

    /** Why a service's unit, script or settings are not written as a file; empty: they may be. */
    static Optional<String> whyNoFile(String name) {
        if (isReachedBy(name))
            return Optional.of("linkctl reaches the host by that service: a mistake there locks everybody out");
        if (isFirewall(name)) return Optional.of("rules are declared: firewall, publish, balance");
        return keptBy(name);
    }
}
