# shellcheck shell=sh
## netplan writes all its files anew, and so does a reload of systemd, which runs netplan's generator. networkd takes a
## file for changed that is another inode (stat_inode_unmodified in systemd's stat-util.c) and sets up each of its
## interfaces again, DHCP leases given back: the old ones take their places again where the text is the same.
## A file that netplan refuses leaves everything as it is.
umask 077
kept=$(mktemp -d /run/linkctl-netplan.XXXXXX) || exit
for file in /run/systemd/network/10-netplan-*; do
    [ ! -f "$file" ] || ln "$file" "$kept/"
done
netplan generate
status=$?
[ "$status" -ne 0 ] || systemctl daemon-reload
for file in "$kept"/*; do
    new=/run/systemd/network/${file##*/}
    [ ! -f "$file" ] || { [ "$status" -eq 0 ] && ! cmp -s "$file" "$new"; } || mv -f "$file" "$new" 2>/dev/null
done
rm -rf "$kept"
exit "$status"
