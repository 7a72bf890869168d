#!/bin/sh
#@MARK@
# Makes this host what it is in its pair, one at a time. What it is, the addresses say that it has now, and not the word it was
# called with: words come late, and a host that won is told nothing when the two see each other again. STOP alone is
# believed, as the addresses go after it. It is run by keepalived, at boot, by linkctl, by hand, and looks by itself.
# Each program in @HOOKS@ is run with: master|backup ID INTERFACE WORD
# usage: role                                     all that is to be done, whether it was done or not
#        role notify INSTANCE NAME STATE PRIORITY as keepalived calls it
#        role tell WORD                           all of it, and the word for the programs
#        role look                                what has not been done yet
#        role watch | note                        as the service runs it
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
run=/run/linkctl/role
hooks=@HOOKS@
every=@EVERY@ # seconds between two refreshes
# INTERFACE/ID/ADDRESS each: of a vip its first address, of others those that its master answers for
vips='@VIPS@'
proxied='@PROXIED@'
device=
id=
address=
name=
role=
stopped=
failed=0
missed=0

actions() { # actions INTERFACE/ID/ROLE FUNCTION: the words of each, in order
    case $1 in
        #@ACTIONS@
    esac
}

split() { # split INTERFACE/ID/ADDRESS
    device=${1%%/*}
    address=${1##*/}
    id=${1#*/}
    id=${id%/*}
    name=$device-$id
}

held() { # held INTERFACE ADDRESS
    [ -n "$(ip -o address show dev "$1" to "$2" 2>/dev/null)" ]
}

what() { # what INTERFACE/ID/ADDRESS: sets role
    split "$1"
    role=BACKUP
    if [ "$stopped" != "$name" ] && held "$device" "$address"; then role=MASTER; fi
}

say() {
    logger -t linkctl-role "$*"
    echo "$*" >&2
}

call() { # call WORD: what other modules have run
    local hook part
    part=backup
    [ $role = BACKUP ] || part=master
    for hook in "$hooks"/*; do
        [ -x "$hook" ] || continue
        timeout -k 5 30 "$hook" $part "$id" "$device" "$1" </dev/null && continue
        say "$role of $name: $hook failed"
        failed=1
    done
}

announce() { # announce INTERFACE ADDRESS: those who know it by the other host's Ethernet address learn this one's
    # arping(8) sends from an address that is the host's own.
    ip address add "$2/32" dev lo 2>/dev/null || return
    arping -q -U -c 1 -w 1 -I "$1" -s "$2" "$2" >/dev/null 2>&1
    ip address delete "$2/32" dev lo
}

proxy() { # proxy INTERFACE/ID/ADDRESS: answers for an address of others where this host is master
    split "$1"
    case " $(ip neigh show proxy | tr '\n' ' ')" in
        *" $address dev $device "*) [ $role = BACKUP ] || [ -z "$(ip route show "$address/32" dev lo)" ] || return 0 ;;
        *) [ $role = MASTER ] || return 0 ;;
    esac
    if [ $role = MASTER ]; then
        # The kernel answers where the address leads to another interface (arp_process in net/ipv4/arp.c). Whatever is not
        # translated on its way in would go round there: linkctl's rules of a pair drop it.
        ip route replace "$address/32" dev lo metric 50000 && ip neigh replace proxy "$address" dev "$device" || failed=1
        announce "$device" "$address"
        say "answers for $address on $device"
    else
        ip neigh delete proxy "$address" dev "$device" && ip route flush "$address/32" dev lo metric 50000 || failed=1
        say "leaves $address on $device to the master"
    fi
}

# conntrackd(8): the master sends what its kernel knows, and a host that stands by asks for it. That one forgets what it had of its own
# (-f): what runs out there would end with the master, too, in the midst of a connection. Never -t: it empties the kernel's table.
synchronize() { # synchronize ROLE
    :
    #@CONNTRACKD@
}

refresh() { # refresh ROLE: while nothing changes
    :
    #@REFRESH@
}

outdated() { # the kernel tells of a connection that begins, changes or ends, not of one that goes on: where it stands by, its time runs out
    local known
    known=0
    [ "$everywhere" = "$master" ] || return # two that are master, each of something, would overwrite what is in use
    read -r known </proc/sys/net/netfilter/nf_conntrack_count
    [ $(($(date +%s) - $(stat -c %Y $run/synchronized || echo 0))) -ge $((every + known / 1000)) ]
} 2>/dev/null

tell() {
    printf '%s\n' "$*"
}

act() { # a program that hangs would keep all others waiting
    local ended
    if timeout -k 5 @LIMIT@ "$@" </dev/null >$run/said 2>&1; then
        ended='done'
    else
        ended="ended with $?"
        missed=1
        echo "$*: $ended" >&2
    fi
    logger -t linkctl-role "$role of $name: $*: $ended $(head -c 400 $run/said | tr '\n' ' ')"
}

case $1 in
    locked) shift ;;
    note) mkdir -p $run && exec cat "$0" @UNITFILE@ >$run/started ;; # tells what is started
    watch)
        "$0"
        while :; do
            sleep 2
            "$0" look
        done
        ;;
    *) mkdir -p $run && exec flock $run/lock "$0" locked "$@" ;;
esac

word=reconcile
case $1 in
    notify)
        word=$4
        echo "$word" >"$run/$3.word"
        [ "$word" != STOP ] || stopped=$3
        ;;
    tell) word=$2 ;;
esac
master=BACKUP
everywhere=
changed=
for vip in $vips; do
    what "$vip"
    [ $role = BACKUP ] || master=MASTER
    case $everywhere in '' | "$role") everywhere=$role ;; *) everywhere=neither ;; esac
    for one in $proxied; do
        case $one in "$device/$id/"*) proxy "$one"; split "$vip" ;; esac
    done
    if [ "$1" = look ] && [ "$role" = "$(cat "$run/$name.role" 2>/dev/null)" ]; then continue; fi
    changed=1
    before=$failed
    failed=0
    call "$word"
    if [ $failed = 0 ]; then echo $role >"$run/$name.role"; else rm -f "$run/$name.role"; fi
    [ $before = 0 ] || failed=1
done
work=synchronize
if [ "$1" = look ] && [ -z "$changed" ] && [ "$master" = "$(cat $run/synchronized 2>/dev/null)" ]; then
    outdated || exit 0
    work=refresh
fi
if $work $master >/dev/null 2>&1; then echo $master >$run/synchronized; else rm -f $run/synchronized; fi
for vip in $vips; do
    what "$vip"
    wanted=$(echo $role; actions "$device/$id/$role" tell)
    [ "$wanted" != "$(cat "$run/$name" 2>/dev/null)" ] || continue
    # What failed is run again when something happens, and not because time goes by.
    if [ "$1" = look ] && [ "$wanted" = "$(cat "$run/$name.tried" 2>/dev/null)" ]; then continue; fi
    missed=0
    actions "$device/$id/$role" act
    tell "$wanted" >"$run/$name.tried"
    if [ $missed = 0 ]; then tell "$wanted" >"$run/$name"; else rm -f "$run/$name"; failed=1; fi
done
exit $failed
