#!/bin/sh
#@MARK@
# Asks for an answer over each tunnel of @LABEL@ every @PAUSE@ s, 0.7 s long. Three misses in a row take a tunnel out of
# the routes, three answers in a row put it back. What it does is in the system's log (syslogd(8)).
PATH=/sbin:/bin:/usr/sbin:/usr/bin
export PATH
route=@ROUTE@
dead=@DEAD@
targets='@TARGETS@'

mkdir -p $dead || exit

#@include freebsd/kernel/is-up.sh

ask() { # ask IF/ADDRESS
    exec ping -q -c 1 -t 1 -W 700 "${1#*/}"
}

links() { # which of the interfaces are there, and up
    local target
    for target in $targets; do
        ! is_up "${target%%/*}" || echo "${target%%/*}"
    done
}

#@include wireguard/watch-loop.sh
