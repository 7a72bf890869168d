#!/bin/sh
#@MARK@
# Runs the inventory's programs when this host has become MASTER or BACKUP of a vhid, one at a time. It looks at
# what carp(4) says now, and at what was run last, however often it is run: by devd(8) when a state changes, at
# boot, by linkctl and by hand. What failed is run again the next time.
# usage: carp-actions [settle | boot | VHID@INTERFACE STATE]
PATH=/sbin:/bin:/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin
export PATH
vips='@VIPS@'
notes=@NOTES@
patience=@PATIENCE@

actions() { # actions INTERFACE/VHID/ROLE FUNCTION: the words of each, in order
    case $1 in
        #@ACTIONS@
    esac
}

#@include freebsd/vip/roles.sh

tell() {
    printf '%s\n' "$*"
}

act() { # a program that hangs would keep all others waiting
    local ended
    if timeout -k 5 @LIMIT@ "$@" </dev/null >"$notes/said" 2>&1; then
        ended='done'
    else
        ended="ended with $?"
        failed=1
        echo "$*: $ended" >&2
    fi
    logger -t linkctl-carp-actions "$role of $vip: $*: $ended $(head -c 400 "$notes/said" | tr '\n' ' ')"
}

case $1 in
    locked) ;;
    settle)
        settle $vips
        exec "$0"
        ;;
    boot | *@*) # while a host boots, it is run once the daemons are up; neither rc nor devd waits for it
        [ "$1" = boot ] || [ -e $notes/booted ] || exit 0
        "$0" </dev/null >/dev/null 2>&1 &
        exit
        ;;
    *) exec lockf -k /var/run/linkctl-carp-actions.lock "$0" locked ;;
esac

mkdir -p $notes && : >$notes/booted || exit
all=0
for vip in $vips; do
    look "${vip%/*}" "${vip#*/}"
    [ -n "$role" ] || continue
    [ $role != INIT ] || role=BACKUP # the other one is master
    note=$notes/${vip%/*}-${vip#*/}
    wanted=$(echo $role; actions "$vip/$role" tell)
    [ "$wanted" != "$(cat "$note" 2>/dev/null)" ] || continue
    failed=0
    actions "$vip/$role" act
    if [ $failed = 0 ]; then tell "$wanted" >"$note"; else rm -f "$note"; all=1; fi
done
exit $all
