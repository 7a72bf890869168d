## What this host is of a vhid.
role= # what look has found: MASTER, BACKUP or INIT, as ifconfig(8) says it; nothing where there is no such vhid

look() { # look INTERFACE VHID
    case $(ifconfig "$1" 2>/dev/null) in
        *"carp: MASTER vhid $2 "*) role=MASTER ;;
        *"carp: BACKUP vhid $2 "*) role=BACKUP ;;
        *"carp: INIT vhid $2 "*) role=INIT ;; # the interface is down
        *) role= ;;
    esac
}
