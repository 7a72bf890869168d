# shellcheck shell=sh
## netplan writes all its files anew, and so does a reload of systemd, which runs netplan's generator. networkd takes a
## file for changed that is another inode (stat_inode_unmodified in systemd's stat-util.c) and sets up each of its
## interfaces again, DHCP leases given back: those that it has read are kept by second names, across reloads of systemd by
## others, and take their places again where the text is the same. A file that netplan refuses leaves everything as it is.
umask 077
read=/run/linkctl-netplan
mkdir -p "$read" || exit
for file in /run/systemd/network/10-netplan-*; do
    [ ! -f "$file" ] || cmp -s "$file" "$read/${file##*/}" || ln -f "$file" "$read/"
done
netplan generate
status=$?
[ "$status" -ne 0 ] || systemctl daemon-reload
for file in "$read"/*; do
    new=/run/systemd/network/${file##*/}
    if [ -f "$file" ] && { [ "$status" -ne 0 ] || cmp -s "$file" "$new"; }; then
        ln -f "$file" "$new" 2>/dev/null
    else
        rm -f "$file"
    fi
done
for file in /run/systemd/network/10-netplan-*; do
    [ ! -f "$file" ] || [ -e "$read/${file##*/}" ] || ln "$file" "$read/"
done
exit "$status"
