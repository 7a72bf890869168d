package org.linkctl.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Paths that no inventory writes as plain files: a mistake in them keeps linkctl, or everybody, from logging in, or
 * something else keeps them.
 */
final class ReservedPaths {
    private static final String LOGIN = "linkctl logs in by it: a mistake there locks everybody out";
    private static final String OWN = "linkctl keeps its own files there";
    private static final String USERS = "the system's own tools keep the users";
    private static final String NETWORK = "the host's network is declared: nic, bond, gateway:";
    private static final String TUNNELS = "tunnels are declared: tunnel, tunnels, hub";
    private static final String PARAMETERS = "a kernel parameter is declared: sysctl('key', 'value')";
    private static final String VARIABLES = "its variables are set one by one by sysrc(8)";
    private static final String RULES = "rules are declared: firewall, publish, balance";
    private static final String PAIRS = "pairs are declared: vip, stateSync";
    private static final String ROUTES = "routes by BGP are declared: bgp, route";
    private static final String KERNEL = "the kernel makes what is there, and forgets it at boot";
    private static final String SHORT = "it is emptied at boot, or by and by";
    private static final String PROGRAMS = "packages have their programs there; yours have /usr/local";

    /** A path that ends in a slash stands for all that is below it. */
    private static final Map<String, String> PATHS = new LinkedHashMap<>();

    private static void reserve(String why, String... paths) {
        for (String path : paths) PATHS.put(path, why);
    }

    static {
        reserve(LOGIN, "/etc/ssh/", "/usr/local/etc/ssh/", "/etc/pam.d/", "/usr/local/etc/pam.d/", "/etc/security/");
        reserve(
                LOGIN,
                "/etc/pam.conf",
                "/etc/nsswitch.conf",
                "/etc/login.access",
                "/etc/login.conf",
                "/etc/login.defs");
        reserve(LOGIN, "/etc/sudoers", "/etc/sudoers.d/", "/usr/local/etc/sudoers", "/usr/local/etc/sudoers.d/");
        reserve(LOGIN, "/etc/doas.conf", "/usr/local/etc/doas.conf", "/etc/hosts.allow", "/etc/hosts.deny");
        reserve(LOGIN, "/etc/nologin", "/var/run/nologin", "/etc/shells", "/etc/profile", "/etc/environment");
        reserve(USERS, "/etc/passwd", "/etc/shadow", "/etc/group", "/etc/gshadow", "/etc/subuid", "/etc/subgid");
        reserve(USERS, "/etc/master.passwd", "/etc/pwd.db", "/etc/spwd.db");
        reserve(OWN, "/var/lib/linkctl/", "/etc/linkctl/", "/usr/local/lib/linkctl/");
        reserve(NETWORK, "/etc/network/", "/etc/netplan/", "/etc/systemd/network/", "/etc/NetworkManager/");
        reserve(NETWORK, "/etc/sysconfig/network-scripts/", "/etc/wpa_supplicant/", "/etc/dhcpcd.conf");
        reserve(VARIABLES, "/etc/rc.conf", "/etc/rc.conf.local", "/etc/rc.conf.d/");
        reserve(TUNNELS, "/etc/wireguard/", "/usr/local/etc/wireguard/");
        reserve(PARAMETERS, "/etc/sysctl.conf", "/etc/sysctl.conf.local", "/etc/sysctl.d/");
        reserve(RULES, "/etc/pf.conf", "/etc/pf-fallback.conf", "/etc/nftables.conf", "/etc/nftables/");
        reserve(PAIRS, "/etc/keepalived/", "/etc/conntrackd/");
        reserve(ROUTES, "/etc/frr/", "/usr/local/etc/frr/");
        reserve(KERNEL, "/proc/", "/sys/", "/dev/", "/run/", "/var/run/");
        reserve(SHORT, "/tmp/", "/var/tmp/");
        reserve(PROGRAMS, "/bin/", "/sbin/", "/lib/", "/lib64/", "/libexec/", "/usr/bin/", "/usr/sbin/", "/usr/lib/");
        reserve(PROGRAMS, "/usr/lib64/", "/usr/libexec/", "/boot/");
    }

    private ReservedPaths() {}

    /** Why a file is not to be written as such; empty: it may be. */
    static Optional<String> why(String path) {
        for (Map.Entry<String, String> one : PATHS.entrySet()) {
            String reserved = one.getKey();
            boolean same = path.equals(reserved) || (path + "/").equals(reserved);
            if (same || (reserved.endsWith("/") && path.startsWith(reserved))) return Optional.of(one.getValue());
        }
        List<String> parts = List.of(path.split("/", -1));
        if (parts.contains(".ssh")) return Optional.of(LOGIN);
        return parts.getLast().contains("linkctl") ? Optional.of(OWN) : Optional.empty();
    }
}
