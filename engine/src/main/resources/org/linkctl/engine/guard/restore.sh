# ---- Bringing the network back

# bond NAME ADDRESS MEMBER...: members from the first on that is not in its place leave and come back.
bond() {
  local bond address rest again member
  bond=$1 address=$2
  shift 2
  rest=" $(cat "/sys/class/net/$bond/bonding/slaves") "
  again=
  for member; do
    [ -e "/sys/class/net/$member" ] || continue
    if [ -z "$again" ]; then
      case $rest in
      *" $member "*)
        rest=" ${rest#*" $member "}"
        continue
        ;;
      esac
      again=1
    fi
    ip link set dev "$member" nomaster
    ip link set dev "$member" down
    ip link set dev "$member" master "$bond"
    ip link set dev "$member" up
  done 2>/dev/null
  [ "$(cat "/sys/class/net/$bond/address")" = "$address" ] || ip link set dev "$bond" address "$address" 2>/dev/null
}

# missing KIND: what was there and is not now.
missing() {
  [ -e "$guard_words/$1" ] && present "$1" >"$guard_words/now" || return 0
  comm -23 "$guard_words/$1" "$guard_words/now"
}

# extra KIND: what is there now and was not. Of an interface that was not there either it is somebody else's: those that
# linkctl makes are gone by now. (The name is the second word of an address, and comes after "dev" elsewhere.)
extra() {
  [ ! -e "$guard_run/later" ] && [ -e "$guard_words/$1" ] && present "$1" >"$guard_words/now" || return 0
  comm -13 "$guard_words/$1" "$guard_words/now" | awk -v kind="$1" -v links="$guard_words/links" '
    BEGIN { while ((getline line <links) > 0) { split(line, word, " "); there[word[1]] } }
    kind == "addresses" && !($2 in there) { next }
    { for (i = 1; i < NF; i++) if ($i == "dev" && !($(i + 1) in there)) next; print }'
}

# last WORD: lines that have it come after those that have not.
last() {
  awk -v word=" $1 " 'index($0 " ", word) { late = late $0 "\n"; next } { print } END { printf "%s", late }'
}

network_restore() (
  local name address members up mtu _turn path value line family _word id
  [ -d "$guard_run/listings" ] || [ -e "$guard_run/links" ] || exit 0
  trap network_forget EXIT
  network_read || {
    missed "the network, of which nothing can be read"
    exit 0
  }
  set -f
  missing bonds | while read -r name address members; do
    [ ! -e "/sys/class/net/$name/bonding" ] || bond "$name" "$address" $members
  done
  missing links | while read -r name up mtu; do
    [ -e "/sys/class/net/$name" ] || continue
    ip link set dev "$name" mtu "$mtu" 2>/dev/null
    ip link set dev "$name" "$up" 2>/dev/null
  done
  # Twice: what is set for all is set for each.
  for _turn in 1 2; do
    missing settings | while IFS=: read -r path value; do
      [ -e "$path" ] && printf '%s\n' "$value" >"$path"
    done 2>/dev/null
  done
  addresses_again
  missing nexthops | last group | while read -r line; do
    family=
    [ "${line% inet6}" = "$line" ] || family=-6
    ip $family nexthop replace ${line% inet6} 2>/dev/null
  done
  # Twice: a route through a gateway needs the one that leads there.
  for family in -4 -6 -4 -6; do
    # What DHCP has learned meanwhile is its own.
    extra "routes$family" | grep -v ' proto dhcp' | while read -r line; do ip "$family" route del $line 2>/dev/null; done
    missing "routes$family" | while read -r line; do ip "$family" route replace $line 2>/dev/null; done
  done
  extra nexthops | while read -r _word id line; do
    grep -q "^id $id " "$guard_words/nexthops" || ip nexthop del id "$id" 2>/dev/null
  done
  neighbours_again
)

addresses_again() {
  local lasting name family line
  extra addresses | while read -r lasting name family line; do
    # One that DHCP had leased and that a step made last: it becomes again what it was.
    [ "$lasting" = lasting ] && ! grep -qxF "dynamic $name $family $line" "$guard_words/addresses" || continue
    case $line in
    *" peer "*)
      set -- $line
      line="$1 peer $3"
      ;;
    *) line=${line%% *} ;;
    esac
    ip address del $line dev "$name" 2>/dev/null
  done
  missing addresses | last secondary | while read -r lasting name family line; do
    line=${line%" secondary"}
    [ "$family" != inet6 ] || line="$line nodad"
    [ "$lasting" = lasting ] || line="$line $(lifetime "$name" "$family" "${line%% *}")"
    ip address replace $line dev "$name" 2>/dev/null
  done
}

neighbours_again() {
  local sort address _dev name line
  extra neighbours | while read -r sort address _dev name line; do
    [ "$sort" = lasting ] && sort=
    ip neighbour del $sort "$address" dev "$name" 2>/dev/null
  done
  missing neighbours | while read -r sort line; do
    case $sort in
    lasting) ip neighbour replace $line nud permanent 2>/dev/null ;;
    proxy) ip neighbour replace proxy $line 2>/dev/null ;;
    esac
  done
}

# The kernel drops a route with its source address or its last interface; a route over tunnels has a script that knows it.
# What else lies beside those, such as a copy that somebody keeps, does not say its own name.
routes_again() {
  local one
  for one in /usr/local/lib/linkctl/route-*; do
    [ -x "$one" ] && grep -qF "# usage: ${one##*/} apply" "$one" || continue
    "$one" apply >/dev/null 2>&1 || :
  done
}
