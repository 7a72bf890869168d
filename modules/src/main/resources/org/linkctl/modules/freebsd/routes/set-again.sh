# shellcheck shell=sh
## set-again.sh FAMILY PREFIX GATEWAY...: sets routes that may have gone with an address. One that is there stays as it is.
while [ $# -gt 2 ]; do
    route -n add "$1" "$2" "$3" >/dev/null 2>&1
    shift 3
done
exit 0
