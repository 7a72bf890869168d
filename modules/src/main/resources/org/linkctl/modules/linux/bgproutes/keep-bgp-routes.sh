#!/bin/sh
#@MARK@
# What is meant for a LAN that BGP tells of goes nowhere while no route leads there, and not by the default route in clear: the
# kernel has a route for it that counts after all others. Where the host's address on its LAN went and came back, zebra is told to
# set its routes, which have it as their source, once more.
# usage: keep-bgp-routes load | run
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
run=@RUN@
lans='@LANS@'
metric=4294967294 # the last but one: IPv6 has the last for its own

families() { # families FUNCTION: FAMILY SOURCE COMMAND of each, the last being that by which zebra gives routes their source
    @FAMILIES@
}

listed() { # listed FAMILY: the far LANs
    local lan
    for lan in $lans; do
        case "$1 $lan" in
            -4*:*) ;;
            -4*) echo "$lan" ;;
            -6*:*) echo "$lan" ;;
        esac
    done
}

last() { # last FAMILY: those that have a route to nowhere, of the protocol that systemd-networkd and zebra leave alone
    ip "$1" route show table main type unreachable proto kernel 2>/dev/null |
        sed -n "s/^unreachable \\([^ ]*\\) .*metric $metric.*/\\1/p"
}

without() { # without LINES: the lines that are read, but for these
    grep -vxF -- "$1" | grep .
}

set_last() { # set_last FAMILY
    local wanted there
    wanted=$(listed "$1")
    there=$(last "$1")
    [ "$there" != "$wanted" ] || return 0
    {
        echo "$wanted" | without "$there" | sed "s/.*/route replace unreachable & metric $metric proto kernel/"
        echo "$there" | without "$wanted" | sed "s/.*/route del unreachable & metric $metric proto kernel/"
    } | ip "$1" -force -batch -
}

led() { # led FAMILY SOURCE: the far LANs to which a route leads, and where it is BGP's, with its source
    ip -o "$1" route show table main 2>/dev/null |
        sed -n -e '/^unreachable /d' -e "/ proto bgp /{ / src $2 /!d; }" -e 's/ .*//p'
}

has() { # has FAMILY ADDRESS: of an interface that is up; one that is being checked for others that have it is no source yet
    ip -o "$1" address show up to "$2" -tentative 2>/dev/null | grep -q .
}

lost() { # lost FAMILY SOURCE: the far LANs that zebra has chosen BGP's routes for, and the kernel has not as zebra means
    local missing
    missing=$(listed "$1" | without "$(led "$1" "$2")") || return
    case $1 in -4) set -- ip ;; *) set -- ipv6 ;; esac
    vtysh -c "show $1 route bgp" 2>/dev/null | sed -n 's/^B>[^ ]* *\([^ ]*\) .*/\1/p' | sed 's,^\([^:]*\)/32$,\1,; s,/128$,,' |
        grep -xF -- "$missing"
}

mend() { # mend FAMILY SOURCE COMMAND: once for what is lost; zebra has set its routes without a source before it sets them with it
    local routes
    has "$1" "$2" && routes=$(lost "$1" "$2") || { rm -f "$run/mended$1"; return; }
    [ "$routes" = "$(cat "$run/mended$1" 2>/dev/null)" ] && return
    vtysh -c 'show running-config' 2>/dev/null | grep -qxF -- "$3" || return
    echo "routes to" $routes "are set again"
    ( # whoever is ended in between would leave FRR without the command
        trap '' TERM INT HUP
        vtysh -c 'configure terminal' -c "no $3" && sleep 1
        vtysh -c 'configure terminal' -c "$3"
    ) && printf '%s\n' "$routes" >"$run/mended$1"
}

set_all() {
    mkdir -p $run && set_last -4 && set_last -6
}

# shellcheck disable=SC2317 # called by name
load() {
    set_all
    families mend
}

#@include linux/iprules/keep-rules.sh

case $1 in
    load) set_all && exec cat "$0" @UNITFILE@ >$run/started ;; # tells what is started
    run) watch 30 address link ;;
    *) echo "usage: $0 load | run" >&2; exit 2 ;;
esac
