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
hops='@HOPS@'
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

put() { # put TABLE ADDRESS...: what the table shall hold
    local table
    case " $seen " in *" $1 "*) return 0 ;; esac
    seen="$seen $1"
    case "$line$held$line" in *"$line$*$line"*) return 0 ;; esac
    table=$1
    shift
    if [ $# = 0 ]; then pfctl -q @PLACE@ -t "$table" -T flush; else pfctl -q @PLACE@ -t "$table" -T replace "$@"; fi
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
    held=$(now) seen= failed=
    pools fill
    now >$note
    [ -z "$failed" ] || say "pf does not take what its tables shall hold"
}

turn() { # turn HOP yes|no
    if [ "$2" = yes ]; then rm -f "$dead/$1"; else : >"$dead/$1"; fi
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

mkdir -p $dead || exit
case $1 in
    run) ;;
    load) load; exit ;;
    clear) rm -f $dead/*; load; rm -f $note; exit ;;
    *) echo "usage: $0 run | load | clear" >&2; exit 2 ;;
esac

# Counts, in the hops' order, the answers in a row that speak against what is marked. A mark from before this
# start goes with the first answer.
counts=
for hop in $hops; do
    if [ -e "$dead/$hop" ]; then counts="$counts $((answers - 1))"; else counts="$counts 0"; fi
done
load
say "watches $hops"

round=0
doubt=
while :; do
    how=$more
    if [ -z "$doubt" ]; then
        how=$once
        sleep @PAUSE@ &
        pause=$!
    fi
    pings=
    for hop in $hops; do
        ping -q $how "$hop" >/dev/null 2>&1 &
        pings="$pings $!"
    done
    set -- $counts
    counts=
    came=
    died=
    doubt=
    for hop in $hops; do
        pings=${pings# }
        if wait "${pings%% *}"; then answer=yes limit=$answers; else answer=no limit=$misses; fi
        pings=${pings#* }
        if [ -e "$dead/$hop" ]; then alive=no; else alive=yes; fi
        count=0
        [ $answer = $alive ] || count=$(($1 + 1))
        if [ $count -ge $limit ]; then
            turn "$hop" $answer
            count=0
            if [ $answer = yes ]; then came="$came $hop"; else died="$died $hop"; fi
        fi
        [ $count = 0 ] || [ $answer = yes ] || doubt=yes
        counts="$counts $count"
        shift
    done
    round=$(((round + 1) % 5))
    if [ -n "$came$died" ]; then
        load
        release $died
        tell yes $came
        tell no $died
    elif [ $round = 0 ] && [ -z "$doubt" ] && [ "$(now)" != "$(cat $note)" ]; then
        say "the tables were other ones: set again"
        load
        release $(ls $dead)
    fi
    [ -n "$doubt" ] || wait $pause
done
