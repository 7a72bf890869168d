#!/bin/sh
#@MARK@
# Says whether this host of a pair may hold its addresses: while it sees the other host, or has the vote of the witness,
# which one of the two has at a time. Times are in hundredths of a second.
# usage: quorum decide | run
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
others='@OTHERS@' # INTERFACE/ADDRESS of the other host, for each interface that has a shared address
witness=@WITNESS@
device=@DEVICE@
own=@OWN@
shared='@SHARED@' # a shared address of each vip: who holds one serves
answer='@ANSWER@'
held=@HELD@
awaited=@AWAITED@
deferred=@DEFERRED@
run=/run/linkctl/vrrp
said=
seen=@NEVER@
voted=@NEVER@
good=0 # looks in a row that were answered
regained=3 # so many where it might not: who is too busy to hear, or has a link that comes and goes, changes who serves less often
lacking= # since when this host lacks a network, and is alone

now() { # leaves in $now the hundredths of a second since the boot
    local up rest
    # shellcheck disable=SC2034
    read -r up rest </proc/uptime
    now=${up%.*}${up#*.}
}

linked() { # linked INTERFACE
    local carrier
    carrier=0
    read -r carrier 2>/dev/null <"/sys/class/net/$1/carrier"
    [ "$carrier" = 1 ]
}

whole() { # has it all of its networks?
    local other
    for other in $others; do linked "${other%%/*}" || return 1; done
}

able() { # could this host serve? It holds no vote that it has no use for.
    local drain
    drain=0
    [ ! -s $run/drain ] || read -r drain <$run/drain
    [ "$drain" = 0 ] || return 1
    [ -s /run/keepalived.pid ] || [ -s /run/keepalived/keepalived.pid ] # as its version has it
}

serves() { # is it master of a vip?
    local one has
    has=$(ip -o address show scope global 2>/dev/null)
    for one in $shared; do
        case $has in *" $one/"*) return 0 ;; esac
    done
    return 1
}

see() { # is the other host there, on every network on which this one could become master?
    local other asked answer
    asked=
    for other in $others; do
        linked "${other%%/*}" || continue
        ping -n -q -c 1 -W @PATIENCE@ -I "${other%%/*}" "${other#*/}" >/dev/null 2>&1 &
        asked="$asked $!"
    done
    [ -n "$asked" ] || return 1
    answer=0
    for other in $asked; do wait "$other" || answer=1; done
    return $answer
}

ask() { # is the vote of the witness this host's? ping(8) shows what comes back otherwise than it was sent: that is the vote.
    case $(ping -n -c 1 -W @PATIENCE@ -I "$device" -I $own -p @PATTERN@ $witness 2>/dev/null) in
        *"$answer"*) ;;
        *) return 1 ;;
    esac
}

eager() { # does it ask now? One that lacks a network asks where it is alone, and leaves the vote to the other host first.
    able || return
    if whole; then
        lacking=
        [ "$serving$alone" != "" ]
    elif [ -n "$alone" ]; then
        lacking=${lacking:-$now}
        [ $((now - lacking)) -gt $deferred ]
    else
        lacking=
        return 1
    fi
}

decide() {
    local asking enough
    now
    began=$now
    asking=
    serves && serving=yes || serving=
    if eager; then
        ask &
        asking=$!
    fi
    if see; then seen=$began alone=; else alone=yes; fi
    if [ -n "$asking" ] && wait $asking; then voted=$began; fi
    now
    # Who serves alone stops before the witness gives its vote to the other one; who does not waits for it as long as
    # nobody can have become master.
    [ -n "$serving" ] && enough=$held || enough=$awaited
    if [ $seen = $began ] || [ $voted = $began ]; then good=$((good + 1)); else good=0; fi
    if [ $((now - voted)) -gt $held ] && [ $((now - seen)) -gt $enough ]; then
        say 254
    elif [ "$said" != 254 ] || [ $good -ge $regained ]; then
        say 0
    fi
}

say() { # say VALUE: for keepalived.conf(5), "VRRP track files"
    [ "$1" != "$said" ] || return 0
    [ -z "$said" ] || case $1 in
        0) echo "may serve" ;;
        *) echo "may not serve: neither the other host nor the witness answers" ;;
    esac
    echo "$1" >$run/quorum && said=$1
}

mkdir -p $run || exit
alone=yes
case $1 in
    decide) cat "$0" @UNITFILE@ >@NOTE@ && decide ;; # tells what is started
    run)
        while :; do
            decide
            sleep @PAUSE@
        done
        ;;
    *) echo "usage: $0 decide | run" >&2; exit 2 ;;
esac
