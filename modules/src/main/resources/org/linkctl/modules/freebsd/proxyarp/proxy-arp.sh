#!/bin/sh
#@MARK@
# The master of a vhid answers for these addresses of others, with the vhid's own Ethernet address; the other
# host does not. It looks at what carp(4) says now and makes the ARP table right, however often it is run:
# by devd(8) when a state changes, at boot, by linkctl and by hand.
# usage: proxy-arp [settle | VHID@INTERFACE STATE]
PATH=/sbin:/bin:/usr/sbin:/usr/bin
export PATH
# INTERFACE/VHID/ETHERNET-ADDRESS/ADDRESS each
entries='@ENTRIES@'
patience=@PATIENCE@

#@include freebsd/vip/roles.sh

case $1 in
    locked) ;;
    settle)
        settle $entries
        exec "$0"
        ;;
    *) exec lockf -k /var/run/linkctl-proxy-arp.lock "$0" locked ;;
esac

published=$(arp -an | sed -n 's/^[^ ]* (\(.*\)) at \([^ ]*\) on \([^ ]*\) permanent published.*/ \1 \2 \3 /p')
failed=0
asked=
said=
for entry in $entries; do
    address=${entry##*/}
    rest=${entry%/*}
    mac=${rest##*/}
    rest=${rest%/*}
    device=${rest%/*}
    if [ "$asked" != "$rest" ]; then
        look "$device" "${rest#*/}"
        asked=$rest
    fi
    # Nobody asks on an interface that is down, and arp(8) finds nothing there. A state follows when it is up.
    [ "$role" != INIT ] || continue
    case $role$published in
        MASTER*" $address $mac $device "*) continue ;;
        *" $address "*)
            if arp -d "$address" >/dev/null; then said="$said, $address taken out"; else failed=1; fi
            ;;
    esac
    [ "$role" = MASTER ] || continue
    # Where the kernel tells the network of a new entry, it does so now.
    if arp -s "$address" "$mac" pub; then said="$said, $address put in on $device"; else failed=1; fi
done
[ -z "$said" ] || logger -t linkctl-proxy-arp "${said#, }"
exit $failed
