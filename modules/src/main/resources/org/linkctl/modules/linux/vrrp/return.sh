## return FILE SECONDS master|any INTERFACE/ADDRESS...: this host may be master again; waits until it is, where it is to be, or
## until one of the two is.
file=$1
end=$(($(date +%s) + $2))
role=$3
shift 3
#@include linux/vrrp/await.sh
[ ! -e "$file" ] || echo 0 >"$file" || exit
while [ "$(date +%s)" -lt $end ] && ! held "$@"; do
    [ "$role" = master ] || ! elsewhere "$@" || exit 0
    sleep 0.1
done
