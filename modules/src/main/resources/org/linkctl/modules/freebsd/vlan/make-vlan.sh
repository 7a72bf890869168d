# shellcheck shell=sh
## make-vlan.sh NAME CARRIER NUMBER: makes a VLAN of any name, as network.subr does (childif_create): the kernel gives it one of
## its own first. What cannot be renamed is taken away again.
made=$(ifconfig vlan create vlandev "$2" vlan "$3") || exit
ifconfig "$made" name "$1" >/dev/null || {
    ifconfig "$made" destroy
    exit 1
}
