#!/bin/sh
#@MARK@
# Asks for an answer over each tunnel of @LABEL@ once a second. Three misses in a row take a tunnel out of
# the routes, three answers in a row put it back.
# usage: @NAME@ note | run
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
unit=@UNIT@
route=@ROUTE@
dead=/run/linkctl/dead
tunnels='@TUNNELS@'
limit=3

mkdir -p $dead || exit
case $1 in
    note) exec cat "$0" "@UNITFILE@" >"/run/linkctl/$unit" ;; # tells what is started
    run) ;;
    *) echo "usage: $0 note | run" >&2; exit 2 ;;
esac

#@include wireguard/watch-counts.sh

links() { # which of the interfaces are there, and up
    local tunnel flags
    for tunnel in $tunnels; do
        read -r flags <"/sys/class/net/${tunnel%%/*}/flags" && echo "${tunnel%%/*} $((flags & 1))"
    done 2>/dev/null
}

#@include wireguard/watch-loop.sh
