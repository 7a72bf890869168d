# Part of customize.sh: an initrd of busybox and the modules between the kernel and its disk.
ird=$work/initrd
mkdir -p "$ird/bin" "$ird/dev" "$ird/proc" "$ird/mnt" "$ird/modules"
cp "$root/bin/busybox" "$ird/bin/busybox"
ln -s busybox "$ird/bin/sh"
cp "$recipe/initrd-init" "$ird/init"
chmod 0755 "$ird/init"
: >"$ird/modules/order"
for module in virtio_pci virtio_blk virtio_net virtio_rng; do
    in_root modprobe -S "$kernel_version" --show-depends "$module" | sed -n 's/^insmod \([^ ]*\).*/\1/p' | while read -r file; do
        name=${file##*/}
        [ -e "$ird/modules/$name" ] || {
            cp "$root$file" "$ird/modules/"
            echo "$name" >>"$ird/modules/order"
        }
    done
done
in_root sh -c 'cd /lab-work/initrd && busybox find . | busybox cpio -o -H newc 2>/dev/null' >"$out/initrd"
