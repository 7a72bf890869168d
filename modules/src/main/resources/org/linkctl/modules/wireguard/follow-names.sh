## Sets the endpoint of a peer that has none as soon as its name stands for an address, and anew where nothing comes from the peer
## and its name stands for other addresses, or for several. The program that includes this has $ends, words of an interface, a
## name, a port and a public key, which is empty where the interface has one peer; $state, a folder; and three functions:
##   up IF: is it up?
##   routed ADDRESS: is there a route, if packets that have none are not counted as sent?
##   addresses NAME: prints what a name stands for, an address a line
## After a handshake of more than REJECT_AFTER_TIME (180 s) no session is left; one in use makes a new one every 120 s.
silent=135
newline='
'
key=     # what peer has found
last=    # what value has found
goal=    # what other has found
lacks=   # what lacking has found
unknown=' ' # names that stand for nothing

peer() { # peer IF KEY: leaves in $key that of the peer; fails where the interface or the peer is not there
    key=$(wg show "$1" peers 2>/dev/null) || return
    case $newline$key$newline in *"$newline${2:-$key}$newline"*) key=${2:-$key} ;; *) return 1 ;; esac
    case $key in '' | *"$newline"*) return 1 ;; esac
}

value() { # value IF WHAT: leaves in $last the last word of what wg(8) shows of the peer
    last=$newline$(wg show "$1" "$2" 2>/dev/null)
    last=${last#*"$newline$key"[[:space:]]}
    last=${last%%"$newline"*}
    last=${last##*[[:space:]]}
}

tried() { # tried IF NOTE ENDPOINT: has it sent anything since the last look, or is there no way to do so?
    local before address
    value "$1" transfer
    before=$last
    [ ! -e "$state/$2" ] || read -r before <"$state/$2"
    echo "$last" >"$state/$2"
    [ "$last" = "$before" ] || return 0
    address=${3%:*}
    address=${address#[}
    ! routed "${address%]}"
}

call() { # call IF KEY: sets the goal; not for a peer that went meanwhile, which wg(8) would make again
    local was
    was=$key
    peer "$1" "$2" && [ "$key" = "$was" ] && wg set "$1" peer "$key" endpoint "$goal"
}

other() { # other IF NAME PORT ENDPOINT: leaves in $goal the address after that of the endpoint, or the first one
    local address first seen
    goal='' first='' seen=
    for address in $(addresses "$2"); do
        case $address in *:*) address="[$address]:$3" ;; *) address=$address:$3 ;; esac
        [ -n "$first" ] || first=$address
        if [ "$address" = "$4" ]; then seen=yes; elif [ -n "$seen" ] && [ -z "$goal" ]; then goal=$address; fi
    done
    [ -n "$goal" ] || goal=$first
    known "$1" "$2"
}

known() { # known IF NAME: is there a goal? What there is none of is said once
    case $unknown in
        *" $2 "*) [ -n "$goal" ] && unknown="${unknown%%" $2 "*} ${unknown#*" $2 "}" ;;
        *) [ -n "$goal" ] || { unknown="$unknown$2 "; echo "$1: nobody says what $2 stands for"; return 1; } ;;
    esac
}

follow() { # follow IF NAME PORT KEY
    local now
    if ! up "$1" || ! peer "$1" "$4"; then return 0; fi
    value "$1" endpoints
    now=$last
    if [ "$now" = '(none)' ]; then
        rm -f "$state/$1.$2.$3"
        if other "$1" "$2" "$3" '' && call "$1" "$4"; then echo "$1: calls $goal, which is $2"; fi
        return
    fi
    tried "$1" "$1.$2.$3" "$now" || return 0
    value "$1" latest-handshakes
    if [ -z "$last" ] || [ $(($(date +%s) - last)) -le $silent ]; then return 0; fi
    if other "$1" "$2" "$3" "$now" && [ "$goal" != "$now" ] && call "$1" "$4"; then
        echo "$1: silent at $now; tries $goal, which is $2"
    fi
}

look() { # look ENDS: words
    local end its name
    for end in $1; do
        its=${end#*/*/*/}
        end=${end%"/$its"}
        name=${end#*/}
        follow "${end%%/*}" "${name%/*}" "${end##*/}" "$its"
    done
}

lacking() { # leaves in $lacks those whose peer has no endpoint
    local all end
    all=$newline$(wg show all endpoints 2>/dev/null | grep '(none)$' | tr '\t' ' ')
    lacks=
    for end in $ends; do
        case $all in *"$newline${end%%/*} ${end#*/*/*/}"*) lacks="$lacks $end" ;; esac
    done
}

## All of them every 30 s. In between those whose endpoint has just gone, as an interface has that comes up: for a minute and more,
## while the network and its servers of names come up, too.
keep_looking() {
    local turn eager before
    turn=0 eager=0 before=
    while :; do
        lacking
        [ "$lacks" = "$before" ] || eager=20
        before=$lacks
        if [ $((turn % 10)) = 0 ]; then look "$ends"; elif [ $eager -gt 0 ]; then look "$lacks"; fi
        turn=$((turn + 1)) eager=$((eager - 1))
        sleep 3
    done
}
