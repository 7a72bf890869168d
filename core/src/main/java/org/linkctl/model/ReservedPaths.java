package org.linkctl.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths that no inventory writes as plain files: a mistake in them keeps linkctl, or everybody, from logging in, or
 * something else keeps them.
 */
final class ReservedPaths {
    private static final String LOGIN = "linkctl logs in by it: a mistake there locks everybody out";
    private static final String OWN = "linkctl keeps its own files there";
    private static final String USERS = "users and their keys are declared: user('name', keys: …, groups: …)";
    private static final String NETWORK =
            "the host's network is declared: nic, bond, vlan, bridge, defaultGateway:, replyTo:, dhcp:";
    private static final String TUNNELS = "tunnels are declared: tunnel, tunnels, hub";
    private static final String PARAMETERS = "a kernel parameter is declared: sysctl('key', 'value')";
    private static final String VARIABLES = "its variables are set one by one by sysrc(8)";
    private static final String RULES = "rules are declared: firewall, publish, balance";
    private static final String PAIRS = "pairs are declared: vip, stateSync";
    private static final String ROUTES = "routes by BGP are declared: bgp, route";
    private static final String KERNEL = "the kernel makes what is there, and forgets it at boot";
    private static final String SHORT = "it is emptied at boot, or by and by";
    private static final String PROGRAMS = "packages have their programs there; yours have /usr/local";
    private static final String BOOT = "the host boots by it: with a mistake there it does not come back";
    private static final String SHADOWS =
            "it would stand before the program of that name that linkctl calls: give it another name";

    /** Files of a home that its shell reads at a login, or sshd (sshd(8), FILES; rcmd(3)). */
    private static final Set<String> OF_HOMES = Set.of(
            ".bashrc",
            ".bash_profile",
            ".bash_login",
            ".profile",
            ".shrc",
            ".kshrc",
            ".cshrc",
            ".tcshrc",
            ".login",
            ".login_conf",
            ".zshenv",
            ".zshrc",
            ".zprofile",
            ".zlogin",
            ".hushlogin",
            ".rhosts",
            ".shosts",
            ".k5login",
            ".pam_environment");

    /** Folders whose files are of a service: its unit and what changes it (systemd.unit(5)), its script, its settings. */
    private static final Pattern OF_A_SERVICE =
            Pattern.compile("(?:/etc|/usr/local/lib)/systemd/system/(?<unit>[^/]+)(?:/.*)?"
                    + "|(?:/usr/local)?/etc/(?:rc\\.d|init\\.d|default|sysconfig)/(?<script>[^/]+)(?:/.*)?");

    private static final Pattern LOCAL_PROGRAM = Pattern.compile("/usr/local/s?bin/(?<name>[^/]+)");

    /** A path that ends in a slash stands for all that is below it. */
    private static final Map<String, String> PATHS = new LinkedHashMap<>();

    private static void reserve(String why, String... paths) {
        for (String path : paths) PATHS.put(path, why);
    }

    static {
        reserve(LOGIN + "; sshd(...) says who logs in, and how", "/etc/ssh/");
        reserve(LOGIN, "/usr/local/etc/ssh/", "/etc/pam.d/", "/usr/local/etc/pam.d/", "/etc/security/");
        reserve(
                LOGIN,
                "/etc/pam.conf",
                "/etc/nsswitch.conf",
                "/etc/login.access",
                "/etc/login.conf",
                "/etc/login.defs");
        reserve(
                LOGIN + "; user(…, sudo: true) says who becomes root",
                "/etc/sudoers",
                "/etc/sudoers.d/",
                "/usr/local/etc/sudoers",
                "/usr/local/etc/sudoers.d/");
        reserve(LOGIN, "/etc/doas.conf", "/usr/local/etc/doas.conf", "/etc/hosts.allow", "/etc/hosts.deny");
        reserve(LOGIN, "/etc/nologin", "/var/run/nologin", "/etc/shells", "/etc/profile", "/etc/environment");
        reserve(
                LOGIN,
                "/etc/profile.d/",
                "/etc/bash.bashrc",
                "/etc/bashrc",
                "/etc/csh.cshrc",
                "/etc/csh.login",
                "/etc/zsh/");
        reserve(LOGIN, "/etc/csh.logout", "/etc/zshenv", "/etc/zshrc", "/etc/sudo.conf", "/usr/local/etc/sudo.conf");
        reserve(
                LOGIN,
                "/etc/dropbear/",
                "/usr/local/etc/dropbear/",
                "/etc/sssd/",
                "/usr/local/etc/sssd/",
                "/etc/nslcd.conf");
        reserve(
                LOGIN,
                "/etc/krb5.conf",
                "/etc/krb5.keytab",
                "/etc/ttys",
                "/etc/gettytab",
                "/etc/inittab",
                "/etc/selinux/");
        reserve(LOGIN, "/etc/authselect/", "/etc/systemd/logind.conf", "/etc/systemd/logind.conf.d/");
        reserve(USERS, "/etc/passwd", "/etc/shadow", "/etc/group", "/etc/gshadow", "/etc/subuid", "/etc/subgid");
        reserve(USERS, "/etc/master.passwd", "/etc/pwd.db", "/etc/spwd.db");
        reserve(OWN, "/var/lib/linkctl/", "/var/db/linkctl/", "/etc/linkctl/", "/usr/local/lib/linkctl/");
        reserve(NETWORK, "/etc/network/", "/etc/netplan/", "/etc/systemd/network/", "/etc/NetworkManager/");
        reserve(NETWORK, "/etc/sysconfig/network-scripts/", "/etc/wpa_supplicant/", "/etc/dhcpcd.conf");
        reserve(
                NETWORK,
                "/usr/local/lib/systemd/network/",
                "/etc/systemd/networkd.conf",
                "/etc/systemd/networkd.conf.d/");
        reserve(NETWORK, "/etc/dhcp/", "/etc/dhclient.conf", "/etc/dhclient-enter-hooks", "/etc/dhclient-exit-hooks");
        reserve(
                NETWORK,
                "/usr/local/etc/dhcpcd.conf",
                "/etc/wpa_supplicant.conf",
                "/etc/ppp/",
                "/etc/sysconfig/network");
        reserve(VARIABLES, "/usr/local/etc/rc.conf.d/", "/etc/rc.conf", "/etc/rc.conf.local", "/etc/rc.conf.d/");
        reserve(TUNNELS, "/etc/wireguard/", "/usr/local/etc/wireguard/");
        reserve(PARAMETERS, "/etc/sysctl.conf", "/etc/sysctl.conf.local", "/etc/sysctl.d/", "/usr/local/lib/sysctl.d/");
        reserve(PARAMETERS, "/run/sysctl.d/");
        reserve(RULES, "/etc/pf.conf", "/etc/pf-fallback.conf", "/etc/nftables.conf", "/etc/nftables/");
        reserve(
                RULES,
                "/etc/ufw/",
                "/etc/firewalld/",
                "/etc/iptables/",
                "/etc/ipfw.rules",
                "/etc/ipf.rules",
                "/etc/ipnat.rules");
        reserve(PAIRS, "/etc/keepalived/", "/etc/conntrackd/");
        reserve(ROUTES, "/etc/frr/", "/usr/local/etc/frr/");
        reserve(BOOT, "/etc/fstab", "/etc/crypttab", "/etc/ld.so.preload", "/etc/ld.so.conf", "/etc/ld.so.conf.d/");
        reserve(
                BOOT,
                "/etc/ld.so.cache",
                "/etc/ld-elf.so.conf",
                "/etc/modprobe.d/",
                "/etc/udev/",
                "/usr/local/lib/udev/");
        reserve(
                BOOT,
                "/etc/rc",
                "/etc/rc.subr",
                "/etc/rc.d/",
                "/etc/rc.shutdown",
                "/etc/network.subr",
                "/etc/defaults/");
        reserve(BOOT, "/etc/rc.bsdextended", "/etc/rc.initdiskless", "/etc/libmap.conf", "/etc/default/grub");
        reserve(
                BOOT,
                "/etc/default/grub.d/",
                "/etc/grub.d/",
                "/etc/initramfs-tools/",
                "/etc/dracut.conf.d/",
                "/etc/dracut.conf");
        reserve(BOOT, "/etc/systemd/system.conf", "/etc/systemd/system.conf.d/", "/etc/systemd/system-generators/");
        reserve(BOOT, "/usr/local/lib/systemd/system-generators/", "/usr/local/lib/systemd/system-preset/");
        reserve(BOOT, "/etc/kernel/", "/etc/alternatives/", "/etc/systemd/system-preset/");
        reserve(KERNEL, "/proc/", "/sys/", "/dev/", "/run/", "/var/run/", "/var/lock/");
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
        if (parts.contains(".ssh")) return Optional.of(USERS);
        if (OF_HOMES.contains(parts.getLast())) return Optional.of(LOGIN);
        if (parts.getLast().contains("linkctl")) return Optional.of(OWN);
        Matcher program = LOCAL_PROGRAM.matcher(path);
        if (program.matches() && CalledPrograms.has(program.group("name"))) return Optional.of(SHADOWS);
        return ofService(path);
    }

    private static Optional<String> ofService(String path) {
        Matcher match = OF_A_SERVICE.matcher(path);
        if (!match.matches()) return Optional.empty();
        String unit = match.group("unit");
        if (unit == null) return ReservedServices.whyNoFile(match.group("script"));
        String plain = unit.replaceFirst("\\.(?:d|wants|requires|upholds)$", "");
        if (ReservedServices.isWholeSystems(plain)) return Optional.of(BOOT);
        return ReservedServices.whyNoFile(plain);
    }
}
