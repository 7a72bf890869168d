## leave FILE SECONDS master|any INTERFACE/ADDRESS...: gives the addresses to the other host of the pair, and waits until it
## has them. Where it does not take them, this one stays master.
file=$1
end=$(($(date +%s) + $2))
shift 3
#@include linux/vrrp/await.sh
mkdir -p "${file%/*}" && echo 254 >"$file" || exit
while held "$@" || ! elsewhere "$@"; do
    if [ "$(date +%s)" -ge $end ]; then
        echo 0 >"$file"
        echo "nobody else became master of $*" >&2
        exit 1
    fi
    sleep 0.1
done
