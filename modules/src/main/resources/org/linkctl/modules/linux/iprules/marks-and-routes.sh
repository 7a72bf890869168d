## Keeps a table of nftables that marks packets, rules by which marks lead to routing tables, and the default routes of those. The
## program that includes this has ip-rules.sh, $table, $marks (the table's file), $run (a folder), $upper (half of the numbers) and
##   routes FUNCTION: calls it with FAMILY TABLE ... of each
##   lead FAMILY TABLE ...: sets one where it is not there
##   loaded: prints the table as it is
mark() { # in one transaction, where it is not as it was loaded, or from another file
    [ -e $run/file ] && [ "$(cat $run/file)" = "$(cat $marks)" ] && [ "$(loaded)" = "$(cat $run/marks)" ] && return
    nft -f $marks && loaded >$run/marks && cat $marks >$run/file
}

load() { # a table leads somewhere before packets are sent there
    failed=0
    mkdir -p $run || return
    routes lead
    rules add
    mark || failed=1
    forget
    return $failed
}

tidy() { # tables to which nothing leads any more
    local family number
    for family in -4 -6; do
        for number in $(ip $family route show table all proto kernel 2>/dev/null | sed -n 's/^default .* table \([0-9][0-9]*\) .*/\1/p'); do
            in_range "$number" $upper || continue
            routes show | grep -q -- "^$family $number " || ip $family route flush table "$number"
        done
    done
}

clear() {
    nft delete table inet $table 2>/dev/null
    rules() { :; }
    routes() { :; }
    forget
    tidy
    rm -rf $run
}
