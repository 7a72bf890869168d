#!/bin/sh
#@include linux/ecmp/hops.sh
status=0
# shellcheck disable=SC2046 # what hops prints are words of ip(8)
route() { # route FAMILY PREFIX [SOURCE]: rather without its source address than not at all
    ip -"$1" route replace "$2" proto @PROTOCOL@ ${3:+src "$3"} $(hops "$1") && return
    status=1
    [ -z "$3" ] || ip -"$1" route replace "$2" proto @PROTOCOL@ $(hops "$1")
}
@ROUTES@
exit $status
