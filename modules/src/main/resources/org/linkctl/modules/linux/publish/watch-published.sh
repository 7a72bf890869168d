#!/bin/sh
#@MARK@
# Asks each target every @PAUSE@ s whether it takes a connection, or answers a ping where only UDP is published. Three
# misses in a row take it out of its maps, three answers put it back; after a start, or when this host becomes master, it is
# one until it has answered. Where none of a map's answers, nobody knows better, and all count as there. A target that is
# drained gets no new connections, whatever it answers.
# usage: watch-published load | run
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
family=inet
table=linkctl_publish
rules=@RULES@
run=@RUN@
dead=$run/dead
held=@HELD@
targets='@TARGETS@'
misses=2 # rounds, three questions
answers=3

maps() { # maps FUNCTION: MAP SLOTS first|all PORT@TARGET... of each
    @MAPS@
}

flows() { # flows FUNCTION: 'ADDRESS...' 'UDP-PORTS...' 'TCP-PORTS...' PORT@TARGET... of each
    @FLOWS@
}

elements() { # elements MAP SLOTS first|all PORT@TARGET...: what the map shall hold, in words of nft(8)
    local map slots how live slot address
    map=$1 slots=$2 how=$3
    shift 3
    offered "$@"
    set -- $live
    [ $how = all ] || [ $# -eq 0 ] || set -- "$1"
    echo "$map: $*" >&3
    echo "flush map $family $table $map"
    [ $# -gt 0 ] || return 0
    slot=0
    echo "add element $family $table $map {"
    while [ $slot -lt "$slots" ]; do
        for address; do
            [ $slot -lt "$slots" ] || break
            echo "$slot : $address,"
            slot=$((slot + 1))
        done
    done
    echo "}"
}

#@include watching/held-places.sh

serves() { # serves ADDRESS: on a pair the one host has it that is called there
    [ -n "$(ip -o address show to "$1")" ]
}

at_home() { # at_home 'ADDRESS...' ...
    local address
    for address in $1; do
        case $own in *" $address/"*) echo "$address" ;; esac
    done
}

here() { # the published addresses that this host has
    local own
    own=$(ip -o address show)
    flows at_home
}

among() { # among PORT FROM[-TO]...
    local port range
    port=$1
    shift
    for range; do
        if [ "$port" -ge "${range%-*}" ] && [ "$port" -le "${range#*-}" ]; then return 0; fi
    done
    return 1
}

forget() { # forget 'PORTS...' WORDS...: the kernel's entries of these ports among those that conntrack(8) finds by the words
    local ports port ours others
    ports=$1
    shift
    ours=
    others=
    # An entry begins with src=, dst=, sport= and dport= as the caller sent it.
    for port in $(conntrack -L "$@" | sed -n 's/^[^=]*=[^=]*=[^=]*=[^=]*=\([0-9][0-9]*\) .*/\1/p' | sort -u); do
        if among "$port" $ports; then ours="$ours $port"; else others=yes; fi
    done
    if [ -z "$others" ]; then # at once: each call reads the whole table
        [ -z "$ours" ] || conntrack -D "$@"
        return
    fi
    for port in $ours; do conntrack -D "$@" --orig-port-dst "$port"; done
}

end() { # end ADDRESS TARGET 'UDP-PORTS...' 'TCP-PORTS...'
    [ -z "$3" ] || forget "$3" -d "$1" -r "$2" -p udp
    [ -z "$4" ] || forget "$4" -d "$1" -r "$2" -p tcp --state SYN_SENT
} >/dev/null 2>&1

#@include watching/part-from-dead.sh

#@include watching/known-anew.sh

extra= # what noticed has found
noticed() {
    local mark
    doubted
    part_later
    learn
    extra=
    for mark in "$held"/place:*; do [ ! -s "$mark" ] || extra="$extra ${mark##*/place:}"; done
}

named() {
    echo "${1#*@}"
}

loaded() { # the table as it is
    nft -s list table $family $table 2>/dev/null
}

part_next() { # fails: what could not be done now is in the next round
    grace=1
    return 1
}

load() { # all rules and maps, in one transaction
    { cat $rules && maps elements; } 3>/dev/null | nft -f - && loaded >$run/loaded && nft -s -t list table $family $table >$run/rules ||
        part_next || return
    part_now
}

fill() { # the maps alone, in one transaction, and says what they hold
    maps elements 3>$run/holds | nft -f - && loaded >$run/loaded && cat $run/holds || part_next || return
    part_now
}

once() { # once PORT@TARGET
    case $1 in
        @PING@@*) exec ping -q -c 1 -W 0.7 "${1#*@}" ;;
        *) exec timeout 0.7 bash -c ': >"/dev/tcp/$1/$2"' ask "${1#*@}" "${1%%@*}" ;;
    esac
}

#@include watching/asked-twice.sh

#@include watching/mark-files.sh

#@include watching/answers-in-a-row.sh

#@include watching/keep-loaded.sh

mkdir -p $dead || exit
case $1 in
    load) load && exec cat "$0" $rules @UNITFILE@ >$run/started ;; # tells what is started
    run) ;;
    *) echo "usage: $0 load | run" >&2; exit 2 ;;
esac

keep_loaded
