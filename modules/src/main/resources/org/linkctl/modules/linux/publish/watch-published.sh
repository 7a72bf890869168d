#!/bin/sh
#@MARK@
# Asks each target every @PAUSE@ s whether it takes a connection, or answers a ping where only UDP is published. Three
# misses in a row take it out of its maps, three answers put it back. Where none of a map's answers, nobody knows
# better, and all count as there. A target that is drained gets no new connections, whatever it answers.
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
misses=3
answers=3

maps() { # maps FUNCTION: MAP SLOTS first|all PORT@TARGET... of each
    @MAPS@
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

extra= # what noticed has found
noticed() {
    local mark
    extra=
    for mark in "$held"/place:*; do [ ! -s "$mark" ] || extra="$extra ${mark##*/place:}"; done
}

named() {
    echo "${1#*@}"
}

loaded() { # the table as it is
    nft -s list table $family $table 2>/dev/null
}

load() { # all rules and maps, in one transaction
    { cat $rules && maps elements; } 3>/dev/null | nft -f - && loaded >$run/loaded && nft -s -t list table $family $table >$run/rules
}

fill() { # the maps alone, in one transaction, and says what they hold
    maps elements 3>$run/holds | nft -f - && loaded >$run/loaded && cat $run/holds
}

ask() { # ask PORT@TARGET
    case $1 in
        @PING@@*) exec ping -q -c 1 -W 0.7 "${1#*@}" ;;
        *) exec timeout 0.7 bash -c ': >"/dev/tcp/$1/$2"' ask "${1#*@}" "${1%%@*}" ;;
    esac
}

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
