## Asks a target that has just missed twice in the next round, so that three misses in a row are known in the time of
## two rounds, for answers-in-a-row.sh with $misses of 2. The program that includes this has a function once PORT@TARGET, which ends
## its process, and succeeds where it answers.
doubt= # those that missed once

doubted() { # after each round
    local target
    doubt=
    set -- $counts
    for target in $targets; do
        [ "$1" = 0 ] || [ -e "$dead/$target" ] || doubt="$doubt $target"
        shift
    done
}

ask() { # ask PORT@TARGET
    case "$doubt " in *" $1 "*) ;; *) once "$1" ;; esac
    (once "$1") &
    sleep 0.2
    (once "$1") || wait $!
}
