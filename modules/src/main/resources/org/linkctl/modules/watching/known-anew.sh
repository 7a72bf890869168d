## Right after a start, and when this host becomes master, nothing is known of the targets: who stands by reaches none. So one answer
## makes a target alive, and one miss dead, at a start with asked-twice.sh. It is so for each until it has answered, for as long as
## part-from-dead.sh waits at the most: after a switch they come back one by one.
## For answers-in-a-row.sh. The program that includes this has here, which prints words for what this host serves now.
unknown=" $targets "
served='?'
switched= # it serves more since that

presume() { # before each round
    local now one target
    now=" $(here | tr '\n' ' ')"
    [ "$served" != '?' ] || doubt=" $targets" served=$now
    for one in $now; do
        case $served in *" $one "*) ;; *) unknown=" $targets " grace=@GRACE@ switched=yes ;; esac
    done
    served=$now
    [ -n "$unknown" ] || return 0
    set -- $counts
    counts=
    for target in $targets; do
        case $unknown in
            *" $target "*) if [ -e "$dead/$target" ]; then counts="$counts $((answers - 1))"; else counts="$counts $((misses - 1))"; fi ;;
            *) counts="$counts $1" ;;
        esac
        shift
    done
}

learn() { # after each round
    local target rest
    rest=
    for target in $unknown; do
        [ ! -e "$dead/$target" ] || rest="$rest $target"
    done
    unknown="${rest:+$rest }"
    [ $grace -gt 0 ] || unknown=
    [ -n "$unknown" ] || switched=
}
