#!/bin/sh
#@MARK@
# Asks each target every @EVERY@ whether it takes a connection, or answers a ping where only UDP is published. Three
# misses in a row take it out of its tables, three answers put it back. Where none of a table's answers, nobody
# knows better, and all count as there. A target that is drained gets no new connections, whatever it answers.
# usage: watch-published run | load
PATH=/sbin:/bin:/usr/sbin:/usr/bin
export PATH
dead=@DEAD@
held=@HELD@
targets='@TARGETS@'
misses=3
answers=3
told=

tables() { # tables FUNCTION: TABLE first|all PORT@TARGET... of each
    @TABLES@
}

say() {
    logger -t linkctl-publish "$*"
}

#@include watching/held-places.sh

wanted() { # wanted first|all PORT@TARGET...: the addresses that the table shall hold, one a line
    local how live address
    how=$1
    shift
    offered "$@"
    for address in $live; do
        echo "$address"
        [ $how = all ] || break
    done
}

fill() { # fill TABLE first|all PORT@TARGET...
    local table goal verb
    table=$1
    shift
    goal=$(wanted "$@" | sort)
    verb=replace
    [ -n "$goal" ] || verb=flush
    [ "$goal" != "$(pfctl -q @PLACE@ -t "$table" -T show 2>/dev/null | tr -d ' ' | sort)" ] || return 0
    if pfctl -q @PLACE@ -t "$table" -T $verb $goal; then
        told=
        say "$table:" $goal
    else
        case $told in *"$table $goal;"*) return 0 ;; esac
        told="$told$table $goal;"
        say "$table: pf does not take" $goal
    fi
}

ask() { # ask PORT@TARGET
    case $1 in
        @PING@@*) exec ping -q -c 1 -W 900 "${1#*@}" ;;
        *) exec nc -n -z -w 1 "${1#*@}" "${1%%@*}" ;;
    esac
}

#@include watching/mark-files.sh

#@include watching/answers-in-a-row.sh

mkdir -p $dead || exit
case $1 in
    run) ;;
    load) tables fill; exit ;;
    *) echo "usage: $0 run | load" >&2; exit 2 ;;
esac

expect
tables fill
say "watches $targets"

while :; do
    sleep @PAUSE@ &
    pause=$!
    round
    for target in $came; do say "${target#*@} answers"; done
    for target in $died; do say "${target#*@} does not answer"; done
    tables fill
    wait $pause
done
