## What this host is of a vhid. The program that includes this has $patience, the seconds after which one is master.
role= # what look has found: MASTER, BACKUP or INIT, as ifconfig(8) says it; nothing where there is no such vhid

look() { # look INTERFACE VHID
    case $(ifconfig "$1" 2>/dev/null) in
        *"carp: MASTER vhid $2 "*) role=MASTER ;;
        *"carp: BACKUP vhid $2 "*) role=BACKUP ;;
        *"carp: INIT vhid $2 "*) role=INIT ;; # the interface is down
        *) role= ;;
    esac
}

undecided() { # undecided INTERFACE/VHID[/MORE]...: is one not master here, as it may still become?
    local vip id
    for vip; do
        id=${vip#*/}
        look "${vip%%/*}" "${id%%/*}"
        [ "$role" = MASTER ] || return 0
    done
    return 1
}

settle() { # settle INTERFACE/VHID[/MORE]...: waits until this host is master of all, or is not going to be
    while [ $patience -gt 0 ] && undecided "$@"; do
        sleep 1
        patience=$((patience - 1))
    done
}
