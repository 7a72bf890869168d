#!/bin/sh
#@MARK@
# Asks each target every @EVERY@ whether it takes a connection, or answers a ping where only UDP is published. Three
# misses in a row take it out of its tables, three answers put it back; after a start, or when this host becomes master,
# it is one until it has answered. Where none of a table's answers, nobody knows better, and all count as there. A target
# that is drained gets no new connections, whatever it answers.
# usage: watch-published run | load
PATH=/sbin:/bin:/usr/sbin:/usr/bin
export PATH
dead=@DEAD@
held=@HELD@
targets='@TARGETS@'
misses=2 # rounds, three questions
answers=3
vips='@VIPS@' # INTERFACE/VHID
told=

tables() { # tables FUNCTION: TABLE first|all PORT@TARGET... of each
    @TABLES@
}

flows() { # flows FUNCTION: 'ADDRESS...' 'UDP-PORTS...' 'TCP-PORTS...' PORT@TARGET... of each
    @FLOWS@
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

serves() { # serves ADDRESS: on a pair the master is called, of whichever vhid; the other one tells it of every state that it ends
    local vip
    [ -n "$vips" ] || return 0
    for vip in $vips; do
        look "${vip%/*}" "${vip#*/}"
        [ "$role" != MASTER ] || return 0
    done
    return 1
}

here() { # the vhids of which this host is master
    local vip
    for vip in $vips; do
        look "${vip%/*}" "${vip#*/}"
        [ "$role" != MASTER ] || echo "$vip"
    done
}

states() { # states ADDRESS TARGET 'UDP-PORTS...' 'TCP-PORTS...': ID/CREATOR of each, as pfctl -k id takes it
    # What came in is printed as "all udp TARGET:PORT (ADDRESS:PORT) <- CALLER:PORT STATE:STATE", or with [PORT], and its id
    # on a line after that (pf_print_state.c).
    pfctl -vv -s states | awk -v called="$1" -v target="$2" -v udp="$3" -v tcp="$4" '
        function port(text, address) { # nothing where it is another address
            if (index(text, address) != 1) return ""
            text = substr(text, length(address) + 1)
            if (text !~ /^:[0-9]+$/ && text !~ /^\[[0-9]+\]$/) return ""
            gsub(/[^0-9]/, "", text)
            return text
        }
        function among(number, ranges,    all, ends, i, n) {
            n = split(ranges, all, " ")
            for (i = 1; i <= n; i++) {
                if (split(all[i], ends, "-") == 1) ends[2] = ends[1]
                if (number + 0 >= ends[1] + 0 && number + 0 <= ends[2] + 0) return 1
            }
            return 0
        }
        /^[^ ]/ {
            found = 0
            if ($5 != "<-" || port($3, target) == "") next
            number = port(substr($4, 2, length($4) - 2), called)
            if (number == "") next
            if ($2 == "udp") found = among(number, udp)
            if ($2 == "tcp" && $NF == "CLOSED:SYN_SENT") found = among(number, tcp)
        }
        found && $1 == "id:" { print $2 "/" $4; found = 0 }'
}

end() { # end ADDRESS TARGET 'UDP-PORTS...' 'TCP-PORTS...'
    states "$@" | xargs -r -n 1 -P 8 pfctl -q -k id -k
} 2>/dev/null

#@include freebsd/vip/role-now.sh

#@include watching/part-from-dead.sh

#@include watching/known-anew.sh

once() { # once PORT@TARGET
    case $1 in
        @PING@@*) exec ping -q -c 1 -W 700 "${1#*@}" ;;
        *) exec timeout 0.7 nc -n -z -w 1 "${1#*@}" "${1%%@*}" ;;
    esac
}

#@include watching/asked-twice.sh

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
    presume
    round
    for target in $came; do say "${target#*@} answers"; done
    for target in $died; do say "${target#*@} does not answer"; done
    doubted
    tables fill
    part_now
    part_later
    learn
    wait $pause
done
