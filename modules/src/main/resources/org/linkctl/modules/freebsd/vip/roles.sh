## Waits for what this host is of vhids. The program that includes this has $patience, the seconds after which one is master.
#@include freebsd/vip/role-now.sh

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
