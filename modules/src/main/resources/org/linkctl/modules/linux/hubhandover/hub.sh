#!/bin/sh
#@MARK@
# The interface of a hub on a pair: up on the host that has the shared addresses; on the other one down, so that it sends
# nothing. The master tells the other host every 2 s where the spokes call from: when that one takes over, it begins new sessions with
# them at once, while spokes would notice after 15 s at the earliest.
# usage: hub master|backup ...   as the program of the role calls it: what is so is asked for, not believed
#        hub handover            the other host was master until now, and has told where the spokes are
#        hub note | run | receive | clear
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
tunnel=@TUNNEL@
port=@PORT@
vips='@VIPS@' # INTERFACE/ADDRESS
called='@CALLED@' # those among them by which the spokes call
peer=@PEER@ # the other host's address; nothing: it is not told
run=/run/linkctl/hub-@TUNNEL@
endpoints=$run/endpoints
lost=/run/linkctl/vrrp/missing-@TUNNEL@
table=@TABLE@ # of routes from the shared addresses
priority=980 # of the rule that leads there (ip-rule(8))

is_master() {
    local vip
    for vip in $called; do
        [ -z "$(ip -o address show dev "${vip%%/*}" to "${vip#*/}" 2>/dev/null)" ] || return 0
    done
    return 1
}

is_there() {
    ip link show dev "$tunnel" >/dev/null 2>&1
}

is_up() {
    [ -n "$(ip link show dev "$tunnel" up 2>/dev/null)" ]
}

join() { # reads KEY ENDPOINT of each spoke, prints it with what was known before of those of which nothing is known now
    awk -F '\t' -v peers="$(wg show "$tunnel" peers | tr '\n' ' ')" '
        BEGIN { n = split(peers, one, " "); for (i = 1; i <= n; i++) is[one[i]] }
        $1 in is && $2 != "" && $2 != "(none)" { at[$1] = $2 }
        END { for (key in at) print key "\t" at[key] }' $endpoints -
}

keep() { # keeps what join makes of what it reads, one at a time: this host and the other one tell of the spokes at once
    { flock 9 && join >$endpoints.new && mv -f $endpoints.new $endpoints; } 9>$run/keeping
}

note_endpoints() {
    wg show "$tunnel" endpoints | keep
}

serves() { # the interface that is there served the spokes when this was last looked at
    [ "$(cat $run/serves 2>/dev/null)" = "$(cat "/sys/class/net/$tunnel/ifindex" 2>/dev/null)" ]
}

age() { # seconds since it was raised
    echo $(($(date +%s) - $(stat -c %Y $run/raised 2>/dev/null || echo 0)))
}

spokes() { # spokes FUNCTION: with KEY ADDRESS ENDPOINT of each that is known here and whose place is known
    local peers key endpoint address
    peers=$(wg show "$tunnel" peers | tr '\n' ' ')
    while read -r key endpoint; do
        case " $peers" in *" $key "*) ;; *) continue ;; esac
        case $endpoint in
            \[*\]:*[!0-9]* | [!\[]*:*[!0-9]*) continue ;;
            \[*\]:*) address=${endpoint#?} address=${address%%]*} ;;
            *.*:*) address=${endpoint%:*} ;;
            *) continue ;;
        esac
        "$1" "$key" "$address" "$endpoint"
    done <$endpoints
}

asked() {
    echo "route get $2"
}

source_of() { # source_of INTERFACE ADDRESS: the first shared address there, of the same family; the hub's endpoint is before others
    local vip family
    case $2 in *:*) family=6 ;; *) family=4 ;; esac
    for vip in $vips; do
        [ "${vip%%/*}" = "$1" ] || continue
        case $family/${vip#*/} in
            4/*:*) ;;
            4/* | 6/*:*) echo "${vip#*/}"; return ;;
        esac
    done
}

routes() { # reads answers of "ip -o route get", prints routes to the same by the same way, from the shared address
    local address rest via device from
    while read -r address rest; do
        via=
        device=
        # shellcheck disable=SC2086 # words
        set -- $rest
        while [ $# -gt 1 ]; do
            case $1 in
                via) via="via $2" ;;
                dev) device=$2 ;;
            esac
            shift
        done
        from=$(source_of "$device" "$address")
        [ -z "$from" ] || echo "route replace $address $via dev $device src $from table $table"
    done
}

lead() { # what this host begins itself comes from the shared address, too: a spoke knows no other. 17: UDP; a small host has no names of protocols
    local family
    for family in -4 -6; do
        ip $family rule show priority $priority 2>/dev/null | grep -q "lookup $table" ||
            ip $family rule add ipproto 17 sport "$port" lookup $table priority $priority 2>/dev/null
    done
    spokes asked | ip -o -force -batch - 2>/dev/null | routes | ip -force -batch - 2>/dev/null
}

forget() { # a session that runs has its own source address
    ip -4 route flush table $table
    ip -6 route flush table $table
} 2>/dev/null

woken() { # wg(8) sends a keepalive as soon as it is up, and so begins a session
    echo "peer $1 endpoint $3 persistent-keepalive 25"
}

rested() {
    echo "peer $1 persistent-keepalive 0"
}

# set_spokes WORDS FUNCTION: FUNCTION prints so many words of each. wg(8) is called with whole peers, 100 at a time: xargs(1) would part
# one from its words where a call gets too long.
set_spokes() {
    local said
    said=$(spokes "$2" | xargs -r -n $((100 * $1)) wg set "$tunnel" 2>&1) || logger -t linkctl-hub "$tunnel: $2: $said"
}

raise() { # an interface that has been made anew, and is up, has no sessions either
    if is_up; then
        serves && return
        note_endpoints
    fi
    : >$run/raised
    lead
    set_spokes 6 woken
    ip link set dev "$tunnel" up || return
    set_spokes 4 rested
    cat "/sys/class/net/$tunnel/ifindex" >$run/serves
    #@RAISED@
}

down() { # its IPv6 addresses stay (kernel: ip-sysctl.rst)
    echo 1 >"/proc/sys/net/ipv6/conf/$tunnel/keep_addr_on_down" 2>/dev/null
    ip link set dev "$tunnel" down
}

lower() { # the spokes of a host that did not serve them are with the other one already
    is_up || return 0
    if serves; then note_endpoints; fi
    down || return
    forget
    if serves; then { echo "handover -" && cat $endpoints; } | send; fi
    rm -f $run/serves
}

send() {
    [ -z "$peer" ] || timeout 1 bash -c 'exec 3<>"/dev/tcp/$1/$2" && exec cat >&3' send "$peer" "$port" 2>/dev/null
}

reconcile() {
    is_there || return 0
    if is_master; then raise; else lower; fi
}

receive() { # one message of the other host on standard input
    local told
    told=$(head -c 1048576)
    [ -n "$told" ] && is_there || exit 0
    printf '%s\n' "$told" | grep -v '^handover ' | keep
    case $told in handover*) exec "$0" handover ;; esac
}

tell() { # the file for this host, too: it may be the next master after a restart
    is_up && is_master || return 0
    note_endpoints
    send <$endpoints
    [ "$(age)" -lt 10 ] || forget
}

missing() { # missing 1 | 0: keepalived lowers the priority of a host without the interface
    [ "$(cat $lost 2>/dev/null)" = "$1" ] || echo "$1" >$lost
}

mkdir -p $run ${lost%/*} && : >>$endpoints || exit
case $1 in
    locked) shift ;;
    note) exec cat @FILES@ >$run/started ;; # tells what is started
    run)
        while :; do
            if is_there; then missing 0; else missing 1; fi
            "$0" reconcile
            tell
            sleep 2 &
            wait $!
        done
        ;;
    receive) receive; exit ;;
    master | backup | reconcile | handover | clear) exec flock $run/lock "$0" locked "$1" ;;
    *) echo "usage: $0 master | backup | handover | note | run | receive | clear" >&2; exit 2 ;;
esac
case $1 in
    handover)
        # Spokes hold sessions with the other host: new ones, unless that has just been done.
        if is_there && is_master && is_up && [ "$(age)" -ge 3 ]; then down; fi
        reconcile
        ;;
    clear)
        missing 0
        forget
        ip -4 rule del ipproto 17 sport "$port" lookup $table priority $priority
        ip -6 rule del ipproto 17 sport "$port" lookup $table priority $priority
        exit 0
        ;;
    *) reconcile ;;
esac
