#!/bin/sh
#@MARK@
# Asks each next hop for an answer every @PAUSE@ s. Three misses in a row give its slots to the others, three answers bring
# them back. Where none of a map's answers, nobody knows better, and all count as there. Connections go on by another next hop
# than one that died; those that were translated to an address of its way end, since no answer would come there.
# usage: watch-next-hops load | run | clear
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
table=linkctl_balance
rules=@RULES@
run=@RUN@
dead=$run/dead
targets='@TARGETS@'
priority=@PRIORITY@ # of the rules of ip-rule(8)
proto=108 # of the routes, by which they are known
misses=3
answers=3

maps() { # maps FUNCTION: MAP SLOTS ADDRESS,MARK,INTERFACE... of each, as often as it weighs
    @MAPS@
}

mark_of() { # mark_of TARGET
    local rest
    rest=${1#*,}
    echo "${rest%%,*}"
}

family_of() { # family_of TARGET: as an option of ip(8)
    case ${1%%,*} in *:*) echo -6 ;; *) echo -4 ;; esac
}

elements() { # elements MAP SLOTS TARGET...: what the map and its set shall hold, in words of nft(8); what is alive keeps its slots
    local map slots live spare slot target
    map=$1 slots=$2
    shift 2
    live=
    for target; do [ -e "$dead/$target" ] || live="$live $target"; done
    [ -n "$live" ] || live=" $*"
    echo "flush set inet $table live_${map#slots_}"
    for target in $live; do echo "add element inet $table live_${map#slots_} { $(mark_of "$target") }"; done
    spare=$live
    slot=0
    echo "flush map inet $table $map"
    echo "add element inet $table $map {"
    while [ $slot -lt "$slots" ]; do
        for target; do
            case "$live " in
                *" $target "*) ;;
                *)
                    [ -n "$spare" ] || spare=$live
                    spare=${spare# }
                    target=${spare%% *}
                    spare=${spare#"$target"}
                    ;;
            esac
            echo "$slot : $(mark_of "$target"),"
            slot=$((slot + 1))
        done
    done
    echo "}"
}

stale() { # stale FAMILY MARK TABLE: whether this rule of ours leads to none of the targets
    local target
    case $2 in 0x6c63????) ;; *) return 1 ;; esac
    for target in $targets; do
        if [ "$(family_of "$target") $(mark_of "$target")" = "$1 $3" ]; then return 1; fi
    done
}

forget() { # forget FAMILY: the rules that lead nowhere any more, with their routes
    local mark number
    ip "$1" rule show priority $priority | while read -r _ _ _ _ mark _ number; do
        stale "$1" "$mark" "$number" || continue
        ip "$1" rule del priority $priority fwmark "$mark" lookup "$number"
        ip "$1" route flush table "$number"
        conntrack -D -f "ipv${1#-}" --mark "$mark" >/dev/null 2>&1
    done
}

release() { # what was translated on its way over a next hop that died, once there is another one
    local target other
    for target in $died; do
        for other in $targets; do
            [ ! -e "$dead/$other" ] && [ "$(family_of "$other")" = "$(family_of "$target")" ] || continue
            conntrack -D -f "ipv$(family_of "$target" | tr -d -)" --mark "$(mark_of "$target")" --src-nat
            break
        done
    done >/dev/null 2>&1
}

routes() { # what is missing of them, before anything is marked; fails where an interface is not there or down
    local target family mark rest failed
    failed=0
    for target in $targets; do
        family=$(family_of "$target") mark=$(mark_of "$target") rest=${target#*,}
        ip "$family" route replace default via "${target%%,*}" dev "${rest#*,}" table "$mark" proto $proto || failed=1
        ip "$family" rule show priority $priority fwmark "$mark" | grep -q . ||
            ip "$family" rule add fwmark "$mark" lookup "$mark" priority $priority || failed=1
    done
    return $failed
}

named() {
    echo "next hop ${1%%,*}"
}

loaded() { # as it is
    nft -s list table inet $table
    for family in -4 -6; do
        ip $family rule show priority $priority
        ip $family route show table all proto $proto
    done
} 2>/dev/null

note() { # note COMPLETE: an interface that is not there yet is tried again
    if [ "$1" = 0 ]; then loaded; else echo incomplete; fi >$run/loaded
}

load() {
    local complete
    routes
    complete=$?
    { cat $rules && maps elements; } | nft -f - || return
    forget -4
    forget -6
    release
    note $complete
    nft -s -t list table inet $table >$run/rules
}

fill() { # the maps alone, in one transaction
    maps elements | nft -f - && note 0
    release
}

clear() {
    nft delete table inet $table
    targets=
    forget -4
    forget -6
    rm -f $run/loaded $run/rules
} 2>/dev/null

ask() { # ask TARGET
    local rest
    rest=${1#*,}
    exec ping -q -c 1 -W 0.7 -I "${rest#*,}" "${1%%,*}"
}

presume() { :; }

noticed() { extra=; }

#@include watching/mark-files.sh

#@include watching/answers-in-a-row.sh

#@include watching/keep-loaded.sh

mkdir -p $dead || exit
case $1 in
    load) load && exec cat "$0" $rules @UNITFILE@ >$run/started ;; # tells what is started
    run) keep_loaded ;;
    clear) clear ;;
    *) echo "usage: $0 load | run | clear" >&2; exit 2 ;;
esac
