# Part of customize.sh: the kernel that Debian's cloud metapackage points at now, unpacked and not installed (a
# host in the lab is started by QEMU's -kernel, so it needs neither a boot loader nor Debian's own initrd).
kernel_package=$(in_root apt-cache depends linux-image-cloud-amd64 | sed -n 's/^ *Depends: \(linux-image-.*\)$/\1/p')
in_root sh -c "cd /lab-work && apt-get -qq -o APT::Sandbox::User=root download $kernel_package"
# Unpacked aside, never over the root: dpkg-deb -x replaces the /lib symlink of a merged-usr system by a folder.
in_root sh -c 'dpkg-deb -x /lab-work/linux-image-*.deb /lab-work/kernel'
kernel_version=$(basename "$work"/kernel/lib/modules/*)
mv "$work/kernel/boot/vmlinuz-$kernel_version" "$out/vmlinuz"
mkdir -p "$root/usr/lib/modules"
mv "$work/kernel/lib/modules/$kernel_version" "$root/usr/lib/modules/"

# A diet: what a virtual machine on a wire can never use. Networking, crypto and virtio stay whole.
modules=$root/usr/lib/modules/$kernel_version/kernel
for driver in "$modules"/drivers/*; do
    case ${driver##*/} in net | virtio | block | char | ptp | crypto) ;; *) rm -rf "$driver" ;; esac
done
rm -rf "$modules/sound" "$modules/arch/x86/kvm" "$modules/drivers/net/ethernet" "$modules/drivers/net/wireless"
for family in bluetooth mac80211 wireless ceph rds sunrpc tipc sctp can nfc batman-adv 9p ieee802154; do
    rm -rf "$modules/net/$family"
done
for filesystem in btrfs xfs nfs nfsd nfs_common ceph smb cifs ocfs2 gfs2 f2fs jfs reiserfs ubifs afs dlm lockd; do
    rm -rf "$modules/fs/$filesystem"
done
in_root depmod "$kernel_version"
