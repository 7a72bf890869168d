## Asks all of some targets at once, and counts for each how often in a row its answer spoke against its mark. The program
## that includes this has $targets, words; $dead, the folder of marks, a file of a target's name each (what stands before a
## slash); $misses and $answers, how many in a row mark a target as dead and as alive; and two functions:
##   ask TARGET, in a process of its own: succeeds where it answers
##   mark: changes the marks of $came and $died, if there are any
counts= # of the targets, in their order
came= # those that round has just found to be alive again, and dead
died=

expect() { # a mark from before this start goes with the first answer
    local target
    counts=
    for target in $targets; do
        if [ -e "$dead/${target%%/*}" ]; then counts="$counts $((answers - 1))"; else counts="$counts 0"; fi
    done
}

round() { # asks each target once
    local target asked answer alive count limit
    asked=
    for target in $targets; do
        ask "$target" >/dev/null 2>&1 &
        asked="$asked $!"
    done
    set -- $counts
    counts=
    came=
    died=
    for target in $targets; do
        asked=${asked# }
        if wait "${asked%% *}"; then answer=yes limit=$answers; else answer=no limit=$misses; fi
        asked=${asked#* }
        if [ -e "$dead/${target%%/*}" ]; then alive=no; else alive=yes; fi
        count=0
        [ $answer = $alive ] || count=$(($1 + 1))
        if [ $count -ge $limit ]; then
            if [ $answer = yes ]; then came="$came $target"; else died="$died $target"; fi
            count=0
        fi
        counts="$counts $count"
        shift
    done
    [ -z "$came$died" ] || mark
}
