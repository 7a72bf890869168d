#!/bin/sh
## netplan writes all its files anew, and so does a reload of systemd, which runs netplan's generator. networkd takes a
## file for changed that is another inode (stat_inode_unmodified in systemd's stat-util.c) and sets up each of its
## interfaces again, DHCP leases given back: the old ones take their places again where the text is the same.
## netplan reads all files before it removes anything: a wrong one leaves everything as it is.
umask 077
kept=$(mktemp -d /run/linkctl-netplan.XXXXXX) || exit
for file in /run/systemd/network/10-netplan-*; do
    [ ! -f "$file" ] || ln "$file" "$kept/"
done
netplan generate
status=$?
[ "$status" -ne 0 ] || systemctl daemon-reload
for file in "$kept"/*; do
    [ -f "$file" ] || continue
    ! cmp -s "$file" "/run/systemd/network/${file##*/}" || mv -f "$file" /run/systemd/network/
done
rm -rf "$kept"
exit "$status"
