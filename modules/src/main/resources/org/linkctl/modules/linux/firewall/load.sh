#!/bin/sh
#@MARK@
# Loads linkctl's table of nftables in one transaction, and notes what it was loaded from and what nft(8) shows of it then.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
run=/run/linkctl
mkdir -p $run || exit
if ! nft -f @RULES@; then
    # Nothing was changed by that: a table that is there goes on.
    #@FALLBACK@
    exit 1
fi
#@STATES@
umask 077
cat @RULES@ >$run/firewall.source.new && nft -s list table inet linkctl >$run/firewall.rules.new || exit
mv -f $run/firewall.rules.new $run/firewall.rules && mv -f $run/firewall.source.new $run/firewall.source
