#!/bin/sh
#@MARK@
# Follows the names of far ends of tunnels: where one has no endpoint or is silent, what its name stands for is asked and set.
# What it does is in the system's log (syslogd(8)).
PATH=/sbin:/bin:/usr/sbin:/usr/bin:/usr/local/bin
export PATH
ends='@ENDS@'
state=/var/run/linkctl/names

mkdir -p $state || exit

#@include freebsd/kernel/is-up.sh

up() { # up IF
    is_up "$1"
}

routed() { # routed ADDRESS
    case $1 in
        *:*) route -n get -inet6 "$1" ;;
        *) route -n get "$1" ;;
    esac >/dev/null 2>&1
}

## getent(1) asks gethostbyname(3), which gives IPv4 addresses alone; host(1) asks the servers of names.
addresses() { # addresses NAME
    local line all
    all=$(timeout 8 getent hosts "$1" | while read -r line; do echo "${line%%[[:space:]]*}"; done
        timeout 8 host -t AAAA "$1" 2>/dev/null | while read -r line; do
            case $line in *' has IPv6 address '*) echo "${line##* }" ;; esac
        done)
    for line in $all; do echo "${line%%%*}"; done | awk '!seen[$0]++'
}

#@include wireguard/follow-names.sh

keep_looking
