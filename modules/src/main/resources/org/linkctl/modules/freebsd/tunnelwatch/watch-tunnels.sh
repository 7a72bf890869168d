#!/bin/sh
#@MARK@
# Asks for an answer over each tunnel of @LABEL@ once a second. Three misses in a row take a tunnel out of
# the routes, three answers in a row put it back. What it does is in the system's log (syslogd(8)).
PATH=/sbin:/bin:/usr/sbin:/usr/bin
export PATH
route=@ROUTE@
dead=@DEAD@
tunnels='@TUNNELS@'
limit=3

mkdir -p $dead || exit

#@include wireguard/watch-counts.sh

links() { # which of the interfaces are there, and up
    local tunnel
    for tunnel in $tunnels; do
        case $(ifconfig "${tunnel%%/*}" 2>/dev/null) in *'<UP,'* | *'<UP>'*) echo "${tunnel%%/*}" ;; esac
    done
}

#@include wireguard/watch-loop.sh
