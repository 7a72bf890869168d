package org.linkctl.model;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Programs that linkctl calls on hosts by their names. Its shell looks into /usr/local first, where packages of FreeBSD are:
 * a file there would take the place of the system's own.
 */
final class CalledPrograms {
    private static final Set<String> NAMES = Arrays.stream("""
            [ apt-cache apt-get arp arping awk base64 basename bash birdc bridge bsdinstall cat chmod chown chroot cksum
            clang cmp command conntrack conntrackd cp curl cut date dd df dhclient dhcpcd diff dig dirname dmesg dnf doas
            dpkg dpkg-query du echo env ethtool expr false fetch find flock frr fsync getent getopt gpasswd grep groupadd
            groupdel groupmod head hexdump host hostname id ifconfig ifdown ifquery ifreload ifup install ip ip6tables
            ip6tables-legacy-save ip6tables-save ipfw iptables iptables-legacy-save iptables-save journalctl keepalived kenv
            kill killall kldload kldstat kldunload ldconfig ln lockf logger login loginctl logname ls lsmod md5sum mkdir mkfifo
            mktemp modinfo modprobe mount mv nc ndp netplan netstat networkctl nft nice nmcli nohup nsenter openssl passwd
            perl pfctl pgrep ping ping6 pkg pkg-static pkill printenv printf ps pw pw-mkdb pwd_mkdb python3 readlink
            realpath reboot restorecon rm rmdir route rpm runuser sed seq service setpriv setsid sh sha256 sha256sum
            shutdown sleep socat sort ss ssh ssh-keygen sshd stat stdbuf stty su sudo swanctl sync sysctl sysrc systemctl
            systemd-analyze systemd-run tail tar tc tcpdump tee test timeout touch tr traceroute true truncate tty udevadm
            umount uname uniq unlink useradd userdel usermod vtysh wc wg wg-quick which xargs yum zcat
            """.split("\\s+")).collect(Collectors.toUnmodifiableSet());

    private CalledPrograms() {}

    static boolean has(String name) {
        return NAMES.contains(name);
    }
}
