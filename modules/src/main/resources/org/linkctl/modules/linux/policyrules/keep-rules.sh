#!/bin/sh
#@MARK@
# Keeps the rules by which everything from some sources goes by a routing table of its own.
# usage: keep-rules load | run | clear
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
run=@RUN@
upper=@UPPER@ # half of the numbers of tables

rules() { # rules FUNCTION: FAMILY PRIORITY WORDS of each
    @RULES@
}

#@include linux/iprules/ip-rules.sh

ours() { # ours PRIORITY WORDS
    case "$1 $2" in
        '991 '*' lookup main suppress_prefixlength 0' | '993 '*' unreachable') ;;
        '992 '*' lookup '*) in_range "$2" $upper ;;
        *) return 1 ;;
    esac
}

load() {
    failed=0
    mkdir -p $run || return
    rules add
    forget
    return $failed
}

clear() {
    rules() { :; }
    forget
    rm -rf $run
}

#@include linux/iprules/keep-rules.sh

case $1 in
    load) load && exec cat "$0" @UNITFILE@ >$run/started ;; # tells what is started
    run) watch 5 link rule ;;
    clear) clear ;;
    *) echo "usage: $0 load | run | clear" >&2; exit 2 ;;
esac
