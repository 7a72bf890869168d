## Keeps what is loaded as the targets of answers-in-a-row.sh answer, and as it was loaded. The program that includes this has
## $run, a folder, and functions:
##   named TARGET: prints it for a message
##   loaded: prints what is loaded now; load and fill leave that in $run/loaded
##   load: loads all of it; fill: what depends on the marks alone, and on $extra
##   presume: before each round
##   noticed: after it; leaves in $extra what else that depends on
keep_loaded() {
    local turn pause target extra before changed
    expect
    echo "watches $targets"
    turn=0
    before='?'
    while :; do
        sleep @PAUSE@ &
        pause=$!
        presume
        round
        noticed
        [ "$extra" != "$before" ] && changed=yes || changed=$came$died
        before=$extra
        turn=$(((turn + 1) % 10))
        if [ -n "$changed" ] || [ $turn = 0 ]; then
            if [ "$(loaded)" != "$(cat "$run/loaded")" ]; then
                echo "what is loaded was another: loaded again"
                load
            elif [ -n "$changed" ]; then
                fill
            fi
        fi
        # Said once it is so.
        for target in $came; do echo "$(named "$target") answers"; done
        for target in $died; do echo "$(named "$target") does not answer"; done
        wait $pause
    done
}
