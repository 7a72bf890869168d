## Ends what still goes to a target that was found dead, once another one stands in for it: UDP would go there for as long as
## its client sends, and a TCP call that nobody has answered for as long as it is tried. Connections that a dead target had are left to
## end by themselves. Who died when nobody else answered is given @GRACE@ rounds from when somebody does: after a switch of a
## pair the targets come back one by one, and what they had goes on. So is who has not answered since (known-anew.sh).
## The program that includes this has held-places.sh, answers-in-a-row.sh, known-anew.sh and functions:
##   flows FUNCTION: 'ADDRESS...' 'UDP-PORTS...' 'TCP-PORTS...' PORT@TARGET... of each that is published
##   serves ADDRESS: is it this host that is called there?
##   end ADDRESS TARGET 'UDP-PORTS...' 'TCP-PORTS...'
grace=@GRACE@ # rounds
leaving= # the targets that part is about

part() { # part 'ADDRESS...' 'UDP-PORTS...' 'TCP-PORTS...' PORT@TARGET...
    local addresses udp tcp check address
    addresses=$1 udp=$2 tcp=$3
    shift 3
    offered "$@" || return 0
    for check; do
        case " $leaving " in *" $check "*) ;; *) continue ;; esac
        [ -e "$dead/$check" ] || continue
        for address in $addresses; do
            if serves "$address"; then end "$address" "${check#*@}" "$udp" "$tcp"; fi
        done
    done
}

part_now() { # from those that have just died
    local check
    leaving=
    for check in $died; do
        case $switched$unknown in yes*" $check "*) ;; *) leaving="$leaving $check" ;; esac
    done
    [ -n "$leaving" ] || return 0
    flows part
}

part_later() { # in each round
    [ -z "$came" ] || [ $grace -gt 0 ] || grace=@GRACE@ # one that comes and goes holds up nothing
    [ $grace -gt 0 ] || return 0
    grace=$((grace - 1))
    [ $grace = 0 ] || return 0
    leaving=$targets
    flows part
}
