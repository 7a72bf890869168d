held() { # held INTERFACE/ADDRESS...: is one of them here?
    local one
    for one; do
        [ -z "$(ip -o address show dev "${one%%/*}" to "${one#*/}" 2>/dev/null)" ] || return 0
    done
    return 1
}

elsewhere() { # elsewhere INTERFACE/ADDRESS...: does somebody else answer for all of them? By ARP or neighbor discovery.
    local one
    for one; do
        ip neigh flush to "${one#*/}" dev "${one%%/*}" # what it knows may be of an earlier master
        ping -n -q -c 1 -W 1 "${one#*/}" >/dev/null 2>&1
        case $(ip neigh show to "${one#*/}" dev "${one%%/*}") in *lladdr*) ;; *) return 1 ;; esac
    done
}
