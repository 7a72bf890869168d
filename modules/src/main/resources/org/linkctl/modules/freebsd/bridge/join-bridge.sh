# shellcheck shell=sh
## join-bridge.sh BRIDGE MEMBER: has an interface be a member, without its link-local addresses of IPv6: the bridge has its own,
## and from FreeBSD 15 on no interface with an address becomes a member (bridge(4), net.link.bridge.member_ifaddrs).
ifconfig "$2" | sed -n 's/^[[:space:]]*inet6 \(fe80:[^ ]*\) .*/\1/p' | while IFS= read -r address; do
    ifconfig "$2" inet6 "$address" -alias
done
ifconfig "$1" addm "$2"
