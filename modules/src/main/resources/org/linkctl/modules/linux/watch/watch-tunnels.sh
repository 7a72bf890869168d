#!/bin/sh
#@MARK@
# Asks for an answer over each tunnel of @LABEL@ every @PAUSE@ s, 0.7 s long. Three misses in a row take a tunnel out of
# the routes, three answers in a row put it back.
# usage: @NAME@ note | run
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
unit=@UNIT@
route=@ROUTE@
dead=/run/linkctl/dead
targets='@TARGETS@'

mkdir -p $dead || exit
case $1 in
    note) exec cat "$0" "@UNITFILE@" >"/run/linkctl/$unit" ;; # tells what is started
    run) ;;
    *) echo "usage: $0 note | run" >&2; exit 2 ;;
esac

ask() { # ask IF/ADDRESS
    exec ping -q -c 1 -W 0.7 -I "${1%%/*}" "${1#*/}"
}

links() { # which of the interfaces are there, and up
    local target flags
    for target in $targets; do
        read -r flags <"/sys/class/net/${target%%/*}/flags" && echo "${target%%/*} $((flags & 1))"
    done 2>/dev/null
}

#@include wireguard/watch-loop.sh
