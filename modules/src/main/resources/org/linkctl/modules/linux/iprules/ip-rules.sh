## Sets rules of ip-rule(8) and forgets former ones, whoever set them: a program that was ended in between noted nothing. The
## program that includes this has the functions
##   rules FUNCTION: calls it with FAMILY PRIORITY WORDS of each, as ip(8) shows them
##   ours PRIORITY WORDS: whether a rule is of its kind
there() { # there FAMILY PRIORITY WORDS; an interface that is not there yet is marked
    ip "$1" rule show priority "$2" | sed 's/ \[detached\]//; s/^[0-9]*:[[:space:]]*//; s/[[:space:]]*$//' | grep -qxF -- "$3"
}

# shellcheck disable=SC2086 # words of ip(8)
add() { # add FAMILY PRIORITY WORDS: of a protocol that systemd-networkd leaves alone, where this ip(8) has the word
    there "$@" || ip "$1" rule add priority "$2" $3 protocol kernel 2>/dev/null || ip "$1" rule add priority "$2" $3 || failed=1
}

remove() { # remove FAMILY PRIORITY WORDS
    # shellcheck disable=SC2086
    ip "$1" rule del priority "$2" $3
} 2>/dev/null

# shellcheck disable=SC2317 # called by name
show() { echo "$*"; }

empty() { # empty FAMILY WORDS: the table that a former rule led to, unless another one leads there
    case $2 in
        *' lookup '[0-9]*) rules show | grep -q -- "^$1 .* lookup ${2##* }\$" || ip "$1" route flush table "${2##* }" 2>/dev/null ;;
    esac
}

listed() { # listed FAMILY: PRIORITY WORDS of each that is there
    ip "$1" rule show 2>/dev/null | sed 's/ \[detached\]//; s/:[[:space:]]*/ /; s/[[:space:]]*$//'
}

in_range() { # in_range WORDS UPPER: whether they lead to a table of whose number this is the upper half
    case ${1##* } in '' | *[!0-9]*) return 1 ;; esac
    [ $((${1##* } >> 16)) = "$2" ]
}

forget() { # what is there of this kind and is not wanted any more
    local family number words
    for family in -4 -6; do
        while read -r number words; do
            ours "$number" "$words" || continue
            rules show | grep -qxF -- "$family $number $words" && continue
            remove "$family" "$number" "$words"
            empty "$family" "$words"
        done <<EOF
$(listed $family)
EOF
    done
}
