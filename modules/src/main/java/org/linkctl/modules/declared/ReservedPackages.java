package org.linkctl.modules.declared;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Packages by which a login comes, or the network that it comes by, under the names of Debian, Red Hat and FreeBSD: they stay,
 * whoever installed them. What else needs them is in no package manager's books: the address of the host, a line of sudoers, a
 * user's shell.
 */
final class ReservedPackages {
    private static final List<Pattern> NAMES = List.of(
            // SSH, and what makes root of a login
            Pattern.compile(
                    "openssh.*|dropbear.*|tinyssh.*|sudo|sudo-.*|doas|opendoas|su|util-linux.*|login|passwd|shadow.*"),
            // who users are, and their shells
            Pattern.compile(
                    "libpam-.*|pam|pam_.*|pam-.*|libnss-.*|nss-.*|nss_.*|sssd.*|nscd|nslcd|nss-pam-ldapd.*|winbind"
                            + "|samba-winbind.*|krb5-.*|heimdal.*|authselect.*|polkit.*|policykit-1.*"),
            Pattern.compile("bash|dash|zsh|fish|ksh.*|mksh|tcsh|csh|busybox.*|coreutils.*"),
            // what makes the network
            Pattern.compile(
                    "ifupdown.*|ifenslave|network-manager.*|NetworkManager.*|netplan.*|systemd.*|libsystemd.*|udev|dbus.*"
                            + "|net-tools|iproute.*|initscripts.*|network-scripts.*|bridge-utils|vlan|resolvconf|openresolv"
                            + "|wpasupplicant|wpa_supplicant|iwd|ethtool|teamd|modemmanager|ModemManager"),
            Pattern.compile(
                    "isc-dhcp.*client.*|dhcp-client|dhclient|dhcpcd.*|udhcpc|dhcp6c|wide-dhcpv6-client|dual-dhclient.*"
                            + "|ppp|pppoe.*|pppoeconf|rp-pppoe|mpd5"),
            // a VPN that the login may come by
            Pattern.compile(
                    "openvpn.*|strongswan.*|libcharon.*|libreswan|wireguard.*|tailscale.*|zerotier.*|tinc.*|xl2tpd|vpnc"
                            + "|openconnect|ocserv|nebula|n2n|softether.*|frr.*|bird.*"),
            // what the machine starts by
            Pattern.compile(
                    "linux-image.*|linux-modules.*|kernel.*|firmware-.*|.*-firmware|grub.*|shim-.*|initramfs-tools.*"
                            + "|dracut.*|cryptsetup.*|lvm2|mdadm|zfs.*|cloud-init.*|cloud-guest-utils|qemu-guest-agent|open-vm-tools.*"));

    private ReservedPackages() {}

    /** Whether the way to a host may depend on a package. */
    static boolean has(String name) {
        return NAMES.stream().anyMatch(names -> names.matcher(name).matches());
    }
}
