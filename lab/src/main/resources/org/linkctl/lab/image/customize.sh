#!/bin/sh
# A customize hook of mmdebstrap(1): makes the bootstrapped root $1 a lab host and leaves three files in it for the
# hooks that follow to fetch: /lab-out/vmlinuz, /lab-out/initrd and /lab-out/root.qcow2.
# LAB_RECIPE is the folder that holds this script. Runs as root, or as the root of mmdebstrap's user namespace.
set -eu
umask 022
root=$1
recipe=${LAB_RECIPE:?}
out=$root/lab-out
work=$root/lab-work
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
in_root() { chroot "$root" "$@"; }
words() { grep -v '^#' "$1"; }

mkdir -p "$out" "$work"
. "$recipe/kernel.sh"
. "$recipe/repository.sh"
. "$recipe/settle.sh"
. "$recipe/initrd.sh"
rm -rf "$work"

# The disk: no journal and no checksums, since a lab disk never outlives a crash of this machine and each costs
# emulated CPU. The bind mount shows the root without the /proc, /sys and /dev that mmdebstrap keeps mounted in it.
image=$(mktemp -d)
mv "$out" "$image/out"
mkdir "$image/root"
mount --bind "$root" "$image/root"
# With a journal, so that what a crash leaves is what it leaves on a real host.
mke2fs -q -t ext4 -J size=8 -O ^metadata_csum -E lazy_itable_init=1 -L labroot -d "$image/root" "$image/root.ext4" 3G
umount "$image/root"
qemu-img convert -f raw -O qcow2 "$image/root.ext4" "$image/out/root.qcow2"
mv "$image/out" "$out"
rm -rf "$image"
