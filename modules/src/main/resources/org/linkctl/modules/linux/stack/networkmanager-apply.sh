# shellcheck shell=sh
## networkmanager-apply.sh keep|again|gone|leave DEVICE MEMBER...: has NetworkManager read linkctl's profiles of an interface, of
## a bond or a bridge with its members in their order, and brings up those that are not in force, or the interface's once more
## (again). A profile whose file is gone NetworkManager forgets, and gives its interface to the one that is next; with gone it
## removes a VLAN or a bridge as well. While files are put back (undo), all of these bring up what they tell of.
how=$1
device=$2
shift 2
folder=/etc/NetworkManager/system-connections
file=$folder/linkctl-$device.nmconnection

# load FILE: nmcli ends with 0 also where NetworkManager refused the file; what it says then is all that tells of it.
load() {
    said=$(nmcli connection load "$1" 2>&1) && [ -z "$said" ] && return
    echo "$said" >&2
    exit 1
}

# in_force DEVICE FILE: whether the interface has the profile of this file.
in_force() {
    uuid=$(nmcli -g GENERAL.CON-UUID device show "$1" 2>/dev/null) && [ -n "$uuid" ] && grep -qsxF "uuid=$uuid" "$2"
}

# up FILE
up() {
    nmcli --wait 45 connection up uuid "$(sed -n 's/^uuid=//p' "$1")" >/dev/null
}

# made: whether there is an interface that shall go with its profile.
made() {
    [ -e "/sys/class/net/$device/bonding" ] || {
        [ "$how" = gone ] && grep -qsxE 'DEVTYPE=(bridge|vlan)' "/sys/class/net/$device/uevent"
    }
}

nmcli -g FILENAME connection show | grep "^$folder/linkctl-" | while IFS= read -r known; do
    [ -e "$known" ] || nmcli connection load "$known" >/dev/null 2>&1
done
nmcli general reload conf || exit
if [ ! -e "$file" ]; then
    # NetworkManager removes what it made once its profile is gone.
    turns=0
    while made && [ "$turns" -lt 50 ]; do
        sleep 0.1
        turns=$((turns + 1))
    done
    ! made || ip link delete "$device"
    exit
fi
load "$file"
for member; do
    [ ! -e "$folder/linkctl-$device@$member.nmconnection" ] || load "$folder/linkctl-$device@$member.nmconnection"
done
if in_force "$device" "$file"; then
    [ "$how" != again ] || up "$file" || exit
elif [ $# -eq 0 ] || [ -e "/sys/class/net/$device/bonding" ] || grep -qx type=bridge "$file"; then
    up "$file" || exit
fi
# A member brings its bond up, too.
for member; do
    own=$folder/linkctl-$device@$member.nmconnection
    [ -e "$own" ] || continue
    in_force "$member" "$own" && [ -e "/sys/class/net/$device/lower_$member" ] || up "$own" || exit
done
# NetworkManager has duplicates of IPv6 addresses looked for, and a route cannot name one as its source meanwhile.
turns=0
while ip -6 address show dev "$device" tentative 2>/dev/null | grep -q inet6 && [ "$turns" -lt 50 ]; do
    sleep 0.1
    turns=$((turns + 1))
done
exit 0
