#!/bin/sh
#@MARK@
# Keeps the rules by which everything from some sources goes by a routing table of its own.
# usage: keep-rules load | run | clear
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
run=@RUN@

rules() { # rules FUNCTION: FAMILY PRIORITY WORDS of each
    @RULES@
}

there() { # there FAMILY PRIORITY WORDS; an interface that is not there yet is marked
    ip "$1" rule show priority "$2" | sed 's/ \[detached\]//; s/^[0-9]*:[[:space:]]*//; s/[[:space:]]*$//' | grep -qxF -- "$3"
}

# shellcheck disable=SC2086 # words of ip(8)
add() { # add FAMILY PRIORITY WORDS: of a protocol that systemd-networkd leaves alone, where this ip(8) has the word
    there "$@" || ip "$1" rule add priority "$2" $3 protocol kernel 2>/dev/null || ip "$1" rule add priority "$2" $3 || failed=1
}

remove() { # remove FAMILY PRIORITY WORDS
    # shellcheck disable=SC2086
    ip "$1" rule del priority "$2" $3
} 2>/dev/null

# shellcheck disable=SC2317 # called by name
show() { echo "$*"; }

empty() { # empty FAMILY WORDS: the table that a former rule led to, unless another one leads there
    case $2 in
        *' lookup '[0-9]*) rules show | grep -q -- "^$1 .* lookup ${2##* }\$" || ip "$1" route flush table "${2##* }" 2>/dev/null ;;
    esac
}

forget() { # what was set before and is not wanted any more
    local family number words
    [ -e $run/rules ] || return 0
    while read -r family number words; do
        rules show | grep -qxF -- "$family $number $words" && continue
        remove "$family" "$number" "$words"
        empty "$family" "$words"
    done <$run/rules
}

load() {
    failed=0
    mkdir -p $run || return
    rules add
    forget
    rules show >$run/rules
    return $failed
}

clear() {
    mkdir -p $run && rules show >>$run/rules
    rules() { :; }
    forget
    rm -rf $run
}

tick() { while echo; do sleep 5; done; }

watch() { # sets the rules again when there are others, and every five seconds; whoever ends it ends all of it
    local children
    children=
    trap 'kill $children 2>/dev/null; exit 0' TERM INT HUP
    rm -f $run/changes && mkfifo -m 600 $run/changes && exec 3<>$run/changes || return
    ip monitor rule >&3 3>&- &
    children=$!
    tick >&3 3>&- &
    children="$children $!"
    while read -r _ <&3; do load; done
}

case $1 in
    load) load && exec cat "$0" @UNITFILE@ >$run/started ;; # tells what is started
    run) watch ;;
    clear) clear ;;
    *) echo "usage: $0 load | run | clear" >&2; exit 2 ;;
esac
