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

#@include linux/iprules/ip-rules.sh

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

#@include linux/iprules/keep-rules.sh

case $1 in
    load) load && exec cat "$0" @UNITFILE@ >$run/started ;; # tells what is started
    run) watch ;;
    clear) clear ;;
    *) echo "usage: $0 load | run | clear" >&2; exit 2 ;;
esac
