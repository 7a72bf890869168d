#!/bin/sh
#@MARK@
# Makes this host what it is in its pair, one at a time. What it is, the addresses say that it has now, and not the word it was
# called with: words come late, and a host that won is told nothing when the two see each other again. STOP alone is
# believed, as the addresses go after it. It is run by keepalived, at boot, by linkctl, by hand, and looks by itself.
# Each program in @HOOKS@ is run with: master|backup ID INTERFACE WORD
# Then come the inventory's programs, one at a time as well. They may take long: only who runs it by hand or by linkctl waits for them.
# usage: role                                     all that is to be done, whether it was done or not
#        role notify INSTANCE NAME STATE PRIORITY as keepalived calls it
#        role tell WORD                           all of it, and the word for the programs
#        role look                                what has not been done yet
#        role watch | begin | note                as the service runs it
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
turned=
skipped=
ran=

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

is_stopped() { # until another word comes
    [ "$stopped" = "$name" ] && [ "$(cat "$run/$name.word")" = STOP ]
}

what() { # what INTERFACE/ID/ADDRESS: sets role
    split "$1"
    role=BACKUP
    if ! is_stopped && held "$device" "$address"; then role=MASTER; fi
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

# announce INTERFACE/ID/ADDRESS...: those who know these by the other host's Ethernet address learn this one's. arping(8) sends from
# an address that is the host's own: they are on lo meanwhile, from where the kernel takes them after 5 s where this is ended.
announce() {
    local one answered
    for one; do
        echo "address add ${one##*/}/32 dev lo label lo:announce valid_lft 5 preferred_lft 5"
    done | ip -force -batch -
    answered=" $(ip neigh show proxy | tr '\n' ' ')" # the other host may be master by now
    for one; do
        case $answered in *" ${one##*/} dev ${one%%/*} "*) ;; *) continue ;; esac
        arping -q -U -c 1 -w 1 -I "${one%%/*}" -s "${one##*/}" "${one##*/}" &
    done
    wait
    unannounce
}

unannounce() {
    ip -4 address flush dev lo label lo:announce
}

listed() { # listed INTERFACE/ID/ADDRESS...: for a message
    local one text
    text=
    for one; do text="$text, ${one##*/} on ${one%%/*}"; done
    echo "${text#, }"
}

# The kernel answers where the address leads to another interface (arp_process in net/ipv4/arp.c). Whatever is not translated on
# its way in would go round there: linkctl's rules of a pair drop it.
entries() { # entries 'NOW...' 'GONE...' 'UNROUTED...', INTERFACE/ID/ADDRESS each: as commands of ip(8), which ends at an error of neigh
    local one
    for one in $1; do echo "route replace ${one##*/}/32 dev lo metric 50000"; done
    for one in $3; do echo "route flush ${one##*/}/32 dev lo metric 50000"; done
    for one in $2; do echo "neigh delete proxy ${one##*/} dev ${one%%/*}"; done
    for one in $1; do echo "neigh replace proxy ${one##*/} dev ${one%%/*}"; done
}

proxy() { # answers for the addresses of others where this host is master, for all at once
    local vip one answered routed now gone unrouted
    answered=" $(ip neigh show proxy | tr '\n' ' ')"
    routed=" $(ip -4 route show dev lo metric 50000 | tr '\n' ' ')"
    now=
    gone=
    unrouted=
    for vip in $vips; do
        what "$vip"
        for one in $proxied; do
            case $one in "$device/$id/"*) address=${one##*/} ;; *) continue ;; esac
            if [ $role = MASTER ]; then
                case $answered in
                    *" $address dev $device "*) case $routed in *" $address "*) continue ;; esac ;;
                esac
                now="$now $one"
            else
                case $answered in *" $address dev $device "*) gone="$gone $one" ;; esac
                case $routed in *" $address "*) unrouted="$unrouted $one" ;; esac
            fi
        done
    done
    [ -n "$now$gone$unrouted" ] || return 0
    entries "$now" "$gone" "$unrouted" | ip -force -batch - || failed=1
    [ -z "$gone" ] || say "leaves $(listed $gone) to the master"
    [ -z "$gone" ] || unannounce
    [ -n "$now" ] || return 0
    { flock 9 && announce $now; } 9>$run/announcing </dev/null >/dev/null 2>&1 & # nobody waits for it
    say "answers for $(listed $now)"
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
    local ended before
    if [ -n "$turned" ]; then
        skipped=yes
        return
    fi
    if timeout -k 5 @LIMIT@ "$@" </dev/null >$run/said 2>&1; then
        ended='done'
    else
        ended="ended with $?"
        missed=1
        echo "$*: $ended" >&2
    fi
    logger -t linkctl-role "$role of $name: $*: $ended $(head -c 400 $run/said | tr '\n' ' ')"
    before=$role
    what "$vip"
    [ "$role" = "$before" ] || turned=yes
}

act_all() { # act_all all | untried: the programs of each vip, where this host is something else than it ran them for
    local vip wanted
    for vip in $vips; do
        what "$vip"
        wanted=$(echo $role; actions "$device/$id/$role" tell)
        [ "$wanted" != "$(cat "$run/$name" 2>/dev/null)" ] || continue
        # What failed is run again when something happens, and not because time goes by.
        if [ "$1" = untried ] && [ "$wanted" = "$(cat "$run/$name.tried" 2>/dev/null)" ]; then continue; fi
        ran=yes
        missed=0
        turned=
        skipped=
        actions "$device/$id/$role" act
        rm -f "$run/$name" "$run/$name.tried"
        [ -z "$skipped" ] || continue
        tell "$wanted" >"$run/$name.tried"
        if [ $missed = 0 ]; then tell "$wanted" >"$run/$name"; else failed=1; fi
    done
}

# Where keepalived has a lot to say, one that waits is enough: by its turn it sees what is so. So a host that is too slow for all of it
# does not get slower by what waits. STOP alone says what cannot be seen yet.
waits() { # waits notify INSTANCE NAME STATE ...: until whoever has the turn lets go of 8
    [ "$1" != notify ] || [ "$4" = STOP ] || flock -n 8
}

case $1 in
    locked | acting) flock -u 8 2>/dev/null ;;
    note) mkdir -p $run && exec cat "$0" @UNITFILE@ >$run/started ;; # tells what is started
    watch)
        "$0" begin
        while :; do
            sleep 2
            "$0" look
        done
        ;;
    *) # without -o whatever stays in the background would keep the lock
        mkdir -p $run || exit
        [ "$1" != notify ] || echo "$4" >"$run/$3.word"
        { waits "$@" || exit 0; flock -o $run/lock "$0" locked "$@"; } 8>$run/waiting
        failed=$?
        case $1 in
            look) flock -n -o $run/acting "$0" acting "$@" </dev/null >/dev/null 2>&1 & ;;
            begin | notify)
                { waits "$@" && flock -o $run/acting "$0" acting "$@"; } 8>$run/acting.waiting </dev/null >/dev/null 2>&1 &
                ;;
            *) flock -o $run/acting "$0" acting "$@" || failed=1 ;;
        esac
        exit $failed
        ;;
esac

part=$1
shift
[ "$1 $4" != "notify STOP" ] || stopped=$3
if [ "$part" = acting ]; then
    # After programs have run, what is so is asked for again: the last role wins.
    ways=all
    [ "$1" != look ] || ways=untried
    while :; do
        ran=
        act_all $ways
        [ -n "$ran" ] || exit $failed
        ways=untried
    done
fi
word=reconcile
case $1 in
    notify)
        word=$(cat "$run/$3.word") # the last one
        ;;
    tell) word=$2 ;;
esac
proxy
master=BACKUP
everywhere=
changed=
for vip in $vips; do
    what "$vip"
    [ $role = BACKUP ] || master=MASTER
    case $everywhere in '' | "$role") everywhere=$role ;; *) everywhere=neither ;; esac
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
    outdated || exit $failed
    work=refresh
fi
if $work $master >/dev/null 2>&1; then echo $master >$run/synchronized; else rm -f $run/synchronized; fi
exit $failed
