#!/bin/sh
#@MARK@
# Follows the names of far ends of tunnels: where one has no endpoint or is silent, what its name stands for is asked and set.
# usage: follow-names note | run | look
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
ends='@ENDS@'
state=/run/linkctl/names

mkdir -p $state || exit

up() { # up IF
    local flags
    read -r flags <"/sys/class/net/$1/flags" && [ $((flags & 1)) -eq 1 ]
} 2>/dev/null

routed() { # routed ADDRESS: WireGuard counts what was sent (drivers/net/wireguard/socket.c, wg_socket_send_skb_to_peer)
    ip route get "$1" >/dev/null 2>&1
}

addresses() { # addresses NAME
    local address kind _name
    timeout 8 getent ahosts "$1" | while read -r address kind _name; do
        [ "$kind" != STREAM ] || echo "${address%%%*}"
    done
}

#@include wireguard/follow-names.sh

case $1 in
    note) exec cat "$0" @UNITFILE@ >/run/linkctl/@UNIT@ ;; # tells what is started
    look) look "$ends" ;;
    run) keep_looking ;;
    *) echo "usage: $0 note | run | look" >&2; exit 2 ;;
esac
