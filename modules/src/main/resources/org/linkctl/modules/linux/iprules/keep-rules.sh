## Keeps what the function load of the program that includes this sets. $run is a folder.
tick() { while echo; do sleep "$1"; done; }

watch() { # watch SECONDS OBJECT...: looks when one of these of ip-monitor(8) changes, and as often; whoever ends it ends all of it
    local children _event
    children=
    trap 'kill $children 2>/dev/null; exit 0' TERM INT HUP
    rm -f $run/changes && mkfifo -m 600 $run/changes && exec 3<>$run/changes || return
    tick "$1" >&3 3>&- &
    children=$!
    shift
    ip monitor "$@" >&3 3>&- &
    children="$children $!"
    while read -r _event <&3; do load; done
}
