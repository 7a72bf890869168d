## What the program of a route does before it sets the routes: its marks, its tunnels, their next hops.
#@MARK@
# Sets the routes of @LABEL@ over those of its tunnels that are up, not marked dead and not being changed.
# usage: @NAME@ apply | up IF | down IF | alive IF | dead IF
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
run=/run/linkctl
mkdir -p $run/dead $run/down $run/drained || exit
patience=0
case $1 in
    apply | alive | dead) ;;
    up) rm -f "$run/down/$2"; patience=30 ;;
    down) : >"$run/down/$2" ;;
    *) echo "usage: $0 apply | up IF | down IF | alive IF | dead IF" >&2; exit 2 ;;
esac

# At boot the address that a route is to come from may still be on its way.
has() { ip -o addr show to "$1" -tentative | grep -q .; }
arrived() { @ARRIVED@; }
until arrived || [ $patience -eq 0 ]; do
    patience=$((patience - 1))
    sleep 1
done

exec 9>$run/@NAME@.lock
flock 9
case $1 in # never a mark without the routes that go with it
    alive) rm -f "$run/dead/$2" ;;
    dead) : >"$run/dead/$2" ;;
esac
up() {
    local flags
    [ ! -e "$run/down/$1" ] && read -r flags <"/sys/class/net/$1/flags" && [ $((flags & 1)) -eq 1 ]
} 2>/dev/null
#@include wireguard/usable-tunnels.sh

hops() { # hops FAMILY
    local i
    for i in $alive; do
        case $1/$i in
            #@HOPS@
        esac
    done
}
