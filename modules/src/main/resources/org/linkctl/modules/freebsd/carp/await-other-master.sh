## await-other-master INTERFACE VHID TENTHS: waits until this host is not master, so many tenths of a second at most.
i=0; while ifconfig "$1" | grep -q "carp: MASTER vhid $2 "; do i=$((i + 1)); [ "$i" -le "$3" ] || { echo "nobody else became master of vhid $2 on $1" >&2; exit 1; }; sleep 0.1; done
