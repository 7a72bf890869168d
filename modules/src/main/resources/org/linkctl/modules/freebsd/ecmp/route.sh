#!/bin/sh
#@MARK@
# Sets the routes of @LABEL@ over those of its tunnels that are up, not marked dead and not being changed.
# usage: @NAME@ apply | up IF | down IF | alive IF | dead IF
PATH=/sbin:/bin:/usr/sbin:/usr/bin
export PATH
run=@RUN@
mkdir -p $run/dead $run/down $run/drained || exit
case $1 in
    locked) ;;
    apply | alive | dead) exec lockf -k "$run/@NAME@.lock" "$0" locked "$@" ;;
    up) rm -f "$run/down/$2"; exec "$0" apply ;;
    down) : >"$run/down/$2"; exec "$0" apply ;;
    *) echo "usage: $0 apply | up IF | down IF | alive IF | dead IF" >&2; exit 2 ;;
esac
case $2 in # never a mark without the routes that go with it
    alive) rm -f "$run/dead/$3" ;;
    dead) : >"$run/dead/$3" ;;
esac

#@include freebsd/kernel/is-up.sh
up() {
    [ ! -e "$run/down/$1" ] && is_up "$1"
}
#@include wireguard/usable-tunnels.sh
alive="$alive "

status=0
add() {
    local said
    said=$(route -n add "$@" 2>&1) && return
    case $said in *'already in table'* | *'File exists'*) return ;; esac
    echo "$said" >&2
    status=1
}
delete() {
    route -n delete "$@" >/dev/null 2>&1
}
@ADD@
@DELETE@
exit $status
