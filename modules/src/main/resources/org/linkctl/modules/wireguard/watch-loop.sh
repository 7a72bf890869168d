turn() { # turn IF yes|no
    if [ "$2" = yes ]; then
        rm -f "$dead/$1"
        echo "$1 answers: back in the routes"
    else
        : >"$dead/$1"
        echo "$1 does not answer: out of the routes"
    fi
}

before=
while :; do
    sleep 1 &
    second=$!
    pings=
    for tunnel in $tunnels; do
        @PING@ >/dev/null 2>&1 &
        pings="$pings $!"
    done
    set -- $counts
    counts=
    turned=
    for tunnel in $tunnels; do
        name=${tunnel%%/*}
        pings=${pings# }
        if wait "${pings%% *}"; then answers=yes; else answers=no; fi
        pings=${pings#* }
        if [ -e "$dead/$name" ]; then alive=no; else alive=yes; fi
        count=0
        [ $answers = $alive ] || count=$(($1 + 1))
        if [ $count -ge $limit ]; then
            turn "$name" $answers
            turned=yes
            count=0
        fi
        counts="$counts $count"
        shift
    done
    now=$(links)
    [ -z "$turned" ] && [ "$now" = "$before" ] || "$route" apply
    before=$now
    wait $second
done
