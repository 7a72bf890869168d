#!/bin/sh
#@include linux/ecmp/hops.sh
fill() { # fill FAMILY GROUP: its members are next hops over the tunnels that are in use
    local i id weight members
    members=
    for i in $alive; do
        case $i in
            #@MEMBERS@
        esac
        ip -"$1" nexthop replace id "$id" dev "$i" proto kernel || continue
        members="$members${members:+/}$id,$weight"
    done
    [ -n "$members" ] || return
    ip nexthop replace id "$2" group "$members" type resilient buckets @BUCKETS@ idle_timer @IDLE@ unbalanced_timer @UNBALANCED@ proto kernel
}
fill_all() {
    local family
    for family in @FAMILIES@; do fill "$family" $((first + (family == 6))) || return; done
}
status=0
way=hops
group() { echo nhid $((first + ($1 == 6))); }
# shellcheck disable=SC2046 # what hops and group print are words of ip(8)
route() { # route FAMILY PREFIX [SOURCE]: rather without its source address than not at all
    ip -"$1" route replace "$2" proto @PROTOCOL@ ${3:+src "$3"} $($way "$1") && return
    status=1
    [ -z "$3" ] || ip -"$1" route replace "$2" proto @PROTOCOL@ $($way "$1")
}
routes() {
    @ROUTES@
}

# In a group a flow stays in its tunnel while another one leaves or returns; where this kernel and this ip(8) have none
# (Linux before 5.13), the routes hold the next hops themselves.
first=@FIRST@
if ip nexthop bucket list dev lo >/dev/null 2>&1; then
    if ! fill_all 2>/dev/null; then # a group keeps its shape for life: routes go before it
        routes
        [ $status -ne 0 ] || for family in @FAMILIES@; do ip nexthop del id $((first + (family == 6))); done 2>/dev/null
        status=0
        fill_all
    fi && way=group
fi
routes
exit $status
