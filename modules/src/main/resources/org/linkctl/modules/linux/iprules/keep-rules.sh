## Keeps what the function load of the program that includes this sets. $run is a folder.
tick() { while echo; do sleep 5; done; }

watch() { # looks when there are other rules or interfaces, and every five seconds; whoever ends it ends all of it
    local children
    children=
    trap 'kill $children 2>/dev/null; exit 0' TERM INT HUP
    rm -f $run/changes && mkfifo -m 600 $run/changes && exec 3<>$run/changes || return
    ip monitor link rule >&3 3>&- &
    children=$!
    tick >&3 3>&- &
    children="$children $!"
    while read -r _ <&3; do load; done
}
