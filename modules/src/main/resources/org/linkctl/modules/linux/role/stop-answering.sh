## stop-answering ADDRESS INTERFACE: the host answers ARP requests for an address of others no more, whether it did or not.
ip neigh delete proxy "$1" dev "$2" 2>/dev/null
ip route flush "$1/32" dev lo metric 50000
! ip neigh show proxy | grep -qFx "$1 dev $2 proxy "
