# Part of customize.sh: the settings of a lab host. Accounts, the files of tree/, and the services it can do without.
cp -R "$recipe/tree/." "$root/"
chmod 0755 "$root"/usr/local/sbin/*
chmod 0440 "$root/etc/sudoers.d/lab"
chmod 0600 "$root/etc/doas.conf"

in_root useradd -m -s /bin/bash ops
in_root useradd -m -s /bin/bash pw
# sshd refuses an account that is locked with "!", even for a key; "*" only means that no password fits.
in_root usermod -p '*' ops
# Few rounds: a lab password guards nothing, and each round is paid under emulation at every sudo.
echo 'pw:lab-password' | in_root chpasswd -c SHA512 -s 1000

# A machine-id that is not empty, or systemd takes every boot for the first one. Each clone gets its own.
echo 0123456789abcdef0123456789abcdef >"$root/etc/machine-id"
rm -f "$root"/etc/ssh/ssh_host_*
: >"$root/etc/fstab"
echo lab >"$root/etc/hostname"
echo '127.0.0.1 localhost' >"$root/etc/hosts"
rm -f "$root/etc/resolv.conf"
mkdir -p "$root/etc/network/interfaces.d" "$root/var/lib/lab"
printf 'source /etc/network/interfaces.d/*\n\nauto lo\niface lo inet loopback\n' >"$root/etc/network/interfaces"

units=$root/etc/systemd/system
for unit in $(words "$recipe/masked-units.txt"); do
    ln -sf /dev/null "$units/$unit"
done
# Generators run at every boot and at every daemon-reload; a lab host has nothing for these to generate.
mkdir -p "$root/etc/systemd/system-generators"
for generator in gpt-auto cryptsetup veritysetup integritysetup hibernate-resume bless-boot debug rc-local run system-update; do
    ln -sf /dev/null "$root/etc/systemd/system-generators/systemd-$generator-generator"
done
# Only the udev rules that networking lives by. 99-systemd.rules applies sysctl.d to every new interface.
mkdir -p "$root/etc/udev/rules.d"
for rule in "$root"/usr/lib/udev/rules.d/*; do
    case ${rule##*/} in
        50-udev-default.rules | 75-net-description.rules | 80-drivers.rules) ;;
        80-net-setup-link.rules | 80-ifupdown.rules | 99-systemd.rules) ;;
        *) ln -sf /dev/null "$root/etc/udev/rules.d/${rule##*/}" ;;
    esac
done
# systemd-networkd runs the network unless a host's identity says otherwise (lab-network).
in_root systemctl -q disable networking nftables ssh.socket >/dev/null 2>&1 || true
in_root systemctl -q enable lab-identity.service ssh.service systemd-networkd.service
# What mmdebstrap lays into a root while it works, to keep services from starting, must not be in a real host.
rm -f "$root/usr/sbin/policy-rc.d" "$root/etc/dpkg/dpkg.cfg.d/99mmdebstrap"
[ ! -e "$root/usr/sbin/start-stop-daemon.REAL" ] || mv "$root/usr/sbin/start-stop-daemon.REAL" "$root/usr/sbin/start-stop-daemon"
