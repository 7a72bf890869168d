#!/bin/sh
#@MARK@
# Keeps the rules by which everything from some sources goes by a routing table of its own, and the last route of that table.
# usage: keep-rules load | run | clear
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
run=@RUN@

tables() { # tables FUNCTION: FAMILY TABLE of each
    @TABLES@
}

rules() { # rules FUNCTION: FAMILY PRIORITY WORDS of each
    @RULES@
}

last() { # last FAMILY TABLE: nobody is reached where there is no tunnel
    ip "$1" route replace unreachable default table "$2" proto @PROTOCOL@ metric @METRIC@ || failed=1
}

there() { # there FAMILY PRIORITY WORDS; an interface that is not there yet is marked
    ip "$1" rule show priority "$2" | sed 's/ \[detached\]//; s/^[0-9]*:[[:space:]]*//; s/[[:space:]]*$//' | grep -qxF -- "$3"
}

add() { # add FAMILY PRIORITY WORDS
    # shellcheck disable=SC2086 # words of ip(8)
    there "$@" || ip "$1" rule add priority "$2" $3 || failed=1
}

remove() { # remove FAMILY PRIORITY WORDS
    # shellcheck disable=SC2086
    ip "$1" rule del priority "$2" $3
} 2>/dev/null

# shellcheck disable=SC2317 # called by name
show() { echo "$*"; }

forget() { # what was set before and is not wanted any more
    local family number words
    [ ! -e $run/rules ] || while read -r family number words; do
        rules show | grep -qxF -- "$family $number $words" || remove "$family" "$number" "$words"
    done <$run/rules
    [ ! -e $run/tables ] || while read -r family number; do
        tables show | grep -qxF -- "$family $number" || ip "$family" route flush table "$number" 2>/dev/null
    done <$run/tables
}

load() {
    failed=0
    mkdir -p $run || return
    tables last
    rules add
    forget
    tables show >$run/tables
    rules show >$run/rules
    return $failed
}

clear() {
    rules remove
    rules() { :; }
    tables flush
    tables() { :; }
    forget
    rm -rf $run
}

# shellcheck disable=SC2317
flush() { ip "$1" route flush table "$2" 2>/dev/null; }

changes() { # a line whenever rules are another, and every five seconds
    ip monitor rule &
    while sleep 5; do echo; done
}

case $1 in
    load) load && exec cat "$0" @UNITFILE@ >$run/started ;; # tells what is started
    run) changes | while read -r _; do load; done ;;
    clear) clear ;;
    *) echo "usage: $0 load | run | clear" >&2; exit 2 ;;
esac
