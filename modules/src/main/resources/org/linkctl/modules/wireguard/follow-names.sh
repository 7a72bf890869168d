## Sets the endpoint of a peer anew where nothing comes from it and its name stands for other addresses, or for several. The
## program that includes this has $ends, words of an interface, a name and a port; $state, a folder; and two functions:
##   up IF: is it up?
##   addresses NAME: prints what a name stands for, an address a line
## After a handshake of more than REJECT_AFTER_TIME (180 s) no session is left; one in use makes a new one every 120 s.
silent=135
last= # what word has found
goal= # what other has found

word() { # word TEXT: leaves the last of several words in $last
    last=${1##*[[:space:]]}
}

tried() { # tried IF: has it sent anything since the last look?
    local before
    word "$(wg show "$1" transfer 2>/dev/null)"
    before=
    [ ! -e "$state/$1" ] || read -r before <"$state/$1"
    echo "$last" >"$state/$1"
    [ "$last" != "$before" ]
}

other() { # other NAME PORT ENDPOINT: leaves in $goal the address after that of the endpoint, or the first one
    local address first seen
    goal='' first='' seen=
    for address in $(addresses "$1"); do
        case $address in *:*) address="[$address]:$2" ;; *) address=$address:$2 ;; esac
        [ -n "$first" ] || first=$address
        if [ "$address" = "$3" ]; then seen=yes; elif [ -n "$seen" ] && [ -z "$goal" ]; then goal=$address; fi
    done
    [ -n "$goal" ] || goal=$first
}

follow() { # follow IF NAME PORT
    local stamp key now
    up "$1" && stamp=$(wg show "$1" latest-handshakes 2>/dev/null) && [ -n "$stamp" ] || return 0
    key=${stamp%%[[:space:]]*}
    word "$stamp"
    stamp=$last
    tried "$1" || return 0
    [ $(($(date +%s) - stamp)) -gt $silent ] || return 0
    word "$(wg show "$1" endpoints)"
    now=$last
    other "$2" "$3" "$now"
    if [ -z "$goal" ]; then
        echo "$1: nobody says what $2 stands for"
    elif [ "$goal" != "$now" ]; then
        wg set "$1" peer "$key" endpoint "$goal" && echo "$1: silent at $now; tries $goal, which is $2"
    fi
}

look() { # all of them
    local end rest
    for end in $ends; do
        rest=${end#*/}
        follow "${end%%/*}" "${rest%/*}" "${rest##*/}"
    done
}
