#!/bin/sh
#@MARK@
# Asks each next hop for an answer every @PAUSE@ s, and at once three times more when one misses. If it misses these, too,
# its tables are emptied, and round robin leaves it out; three answers in a row put it back. Where none of a pool
# answers, nobody knows better, and all count as there. No rule is loaded for that.
# usage: watch-gateways run | load | clear
PATH=/sbin:/bin:/usr/sbin:/usr/bin
export PATH
dead=@DEAD@
note=@NOTE@
targets='@HOPS@'
line='
'
misses=2 # rounds
answers=3
# ping waits for -i (1 s, if nothing is said) and then for -W, after its last request, too: 0.31 s and 0.85 s.
once='-c 1 -i 0.01 -W 300'
more='-o -c 3 -i 0.15 -W 400'

# What split has found.
gone=
live=
# What load works with.
held=
seen=
failed=

pools() { # pools FUNCTION: TABLE-OF-WHAT-RESUMES 'PREFIX...' TABLE/HOP... of each
    #@POOLS@
    :
}

split() { # split TABLE/HOP...: the dead ones; fails where none or all are
    local hop
    gone=
    live=
    for hop; do
        if [ -e "$dead/${hop#*/}" ]; then gone="$gone ${hop#*/}"; else live=yes; fi
    done
    [ -n "$live" ] && [ -n "$gone" ]
}

put() { # put TABLE ADDRESS...: what the table shall hold, by standard input, as a list may be longer than a command
    local table
    case " $seen " in *" $1 "*) return 0 ;; esac
    seen="$seen $1"
    case "$line$held$line" in *"$line$*$line"*) return 0 ;; esac
    table=$1
    shift
    if [ $# = 0 ]; then pfctl -q @PLACE@ -t "$table" -T flush; else printf '%s\n' "$@" | pfctl -q @PLACE@ -t "$table" -T replace -f -; fi
}

fill() { # a connection that went by a dead one goes on by another: its packets may come in mid-stream
    local resume sources part hop
    resume=$1 sources=$2 # of addresses and slashes
    shift 2
    if split "$@"; then part=yes; else part=no sources=; fi
    put "$resume" $sources || failed=yes
    for hop; do
        case "$part $gone " in
            "yes "*" ${hop#*/} "*) put "${hop%%/*}" ;;
            *) put "${hop%%/*}" "${hop#*/}" ;;
        esac || failed=yes
    done
}

out() { # the dead ones that others stand in for
    shift 2
    split "$@" || return 0
    echo "$gone"
}

say() {
    logger -t linkctl-watch "$*"
}

now() { # TABLE ADDRESS... of each
    local table
    #@include freebsd/watch/show-tables.sh
}

load() {
    held=$(now)
    seen=
    failed=
    pools fill
    now >$note
    [ -z "$failed" ] || say "pf does not take what its tables shall hold"
}

tell() { # tell yes|no HOP...
    local said hop
    said=$1
    shift
    for hop; do
        case "$said $(pools out | tr '\n' ' ') " in
            yes*) say "$hop answers: back in the round robin" ;;
            *" $hop "*) say "$hop does not answer: out of the round robin" ;;
            *) say "$hop does not answer, nor does one that could stand in for it: stays in the round robin" ;;
        esac
    done
}

release() { # release HOP...: connections that are held by what was just taken out are free to go another way
    local hop all
    for hop in $(pools out | tr ' ' '\n' | sort -u); do
        case " $* " in *" $hop "*) ;; *) continue ;; esac
        for all in @STICKY@; do pfctl -q -K $all; done
        pfctl -q -k gateway -k "$hop"
    done
}

#@include watching/mark-files.sh

#@include watching/answers-in-a-row.sh

ask() { # ask HOP
    exec ping -q $how "$1"
}

in_doubt() { # does one miss that is not marked as dead yet?
    local hop
    set -- $counts
    for hop in $targets; do
        [ "$1" = 0 ] || [ -e "$dead/$hop" ] || return 0
        shift
    done
    return 1
}

mkdir -p $dead || exit
case $1 in
    run) ;;
    load) load; exit ;;
    clear) rm -f $dead/*; load; rm -f $note; exit ;;
    *) echo "usage: $0 run | load | clear" >&2; exit 2 ;;
esac

expect
load
say "watches $targets"

turn=0
doubt=
while :; do
    how=$more
    if [ -z "$doubt" ]; then
        how=$once
        sleep @PAUSE@ &
        pause=$!
    fi
    round
    if in_doubt; then doubt=yes; else doubt=; fi
    turn=$(((turn + 1) % 5))
    if [ -n "$came$died" ]; then
        load
        release $died
        tell yes $came
        tell no $died
    elif [ $turn = 0 ] && [ -z "$doubt" ] && [ "$(now)" != "$(cat $note)" ]; then
        say "the tables were other ones: set again"
        load
        # shellcheck disable=SC2046 # each is a hop
        release $(ls $dead)
    fi
    [ -n "$doubt" ] || wait $pause
done
