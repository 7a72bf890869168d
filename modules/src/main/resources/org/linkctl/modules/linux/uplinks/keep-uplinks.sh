#!/bin/sh
#@MARK@
# What was asked by an interface is answered through the neighbour that the inventory names for it. A table of nftables marks
# connections by where they came in; by the mark, or by the address that was asked, rules of ip-rule(8) lead to a routing
# table with one default route.
# usage: keep-uplinks load | run | clear
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
table=linkctl_uplinks
upper=@UPPER@ # half of the numbers of marks and tables
marks=@MARKS@
run=@RUN@

routes() { # routes FUNCTION: FAMILY TABLE NEIGHBOUR INTERFACE of each
    @ROUTES@
}

rules() { # rules FUNCTION: FAMILY PRIORITY WORDS of each
    @RULES@
}

#@include linux/iprules/ip-rules.sh

ours() { # ours PRIORITY WORDS
    case "$1 $2" in
        98[68]' '*' lookup main suppress_prefixlength 0') ;;
        98[79]' '*' lookup '*) in_range "$2" $upper ;;
        *) return 1 ;;
    esac
}

# shellcheck disable=SC2317 # called by name
lead() { # lead FAMILY TABLE NEIGHBOUR INTERFACE: of the protocol that systemd-networkd leaves alone; while the interface is down there is none
    ip "$1" route show table "$2" 2>/dev/null | grep -q "^default via $3 dev $4 " ||
        ip "$1" route replace default via "$3" dev "$4" table "$2" proto kernel 2>/dev/null
}

loaded() {
    nft -s list table inet $table 2>/dev/null
}

#@include linux/iprules/marks-and-routes.sh

#@include linux/iprules/keep-rules.sh

case $1 in
    load) load && { tidy; exec cat "$0" $marks @UNITFILE@ >$run/started; } ;; # tells what is started
    run) watch 5 link rule ;;
    clear) clear ;;
    *) echo "usage: $0 load | run | clear" >&2; exit 2 ;;
esac
