## leftover ID: removes a nexthop object, which may have gone with its interface.
ip nexthop get id "$1" >/dev/null 2>&1 || exit 0
exec ip nexthop del id "$1"
