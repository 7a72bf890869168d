# ---- The network as a whole: a step takes more with it than it names. Of each kind there is a function that prints what is
# there, sorted, a thing a line, in words that ip(8) takes. Every run saves what is there, and few are undone: so it is saved
# as programs print it, and put into words by these functions once something is undone.

# What one file of the listings holds, each behind a line with its name; the other listings are files of their own.
guard_short='links addresses nexthops nexthops-4 nexthops-6 lasting proxies'

guard_kinds='bonds links settings addresses nexthops routes-4 routes-6 neighbours'

# Whose routes come back by themselves: those of the kernel, of router advertisements, and of daemons that manage routes
# (rt_protos of iproute2 and FRR, by number where iproute2 is older).
guard_daemons='redirect|kernel|ra|gated|mrt|zebra|bird|dnrouted|xorp|ntk|keepalived|babel|openr|bgp|isis|ospf|rip|ripng|nhrp'
guard_daemons="$guard_daemons|eigrp|ldp|sharp|pbr|zstatic|openfabric|srte|8|10|11|12|13|14|15|17|18|42|99|18[6-9]|19[0-8]"

# Where listings were saved, if they are not to be those of now; where they are in words, and what is there now: not on the
# disk, which may be full by then.
guard_listed='' guard_words=''

# listing NAME: what programs print.
listing() {
  if [ -z "$guard_listed" ]; then
    listing_now "$1"
    return
  fi
  case $1 in
  routes-* | settings | bonds) cat "$guard_listed/$1" ;;
  *) sed -n "/^== $1\$/,/^== /{ /^== /d; p; }" "$guard_listed/short" ;;
  esac
}

listing_now() {
  case $1 in
  links) ip -o link show ;;
  addresses) ip -o address show scope global ;;
  nexthops) ip -o nexthop show ;;
  nexthops-*) ip -o "${1#nexthops}" nexthop show ;;
  # A daemon may have a million of them.
  routes-*) ip -o "${1#routes}" route show table all | grep -vE " proto ($guard_daemons)( |\$)" ;;
  lasting) ip -o neighbour show nud permanent ;;
  proxies) ip -o neighbour show proxy ;;
  # Each interface's own settings (ip-sysctl.rst): whoever takes an interface over changes some. Two are not to be written.
  settings)
    grep -rs '' /proc/sys/net/ipv4/conf /proc/sys/net/ipv6/conf | grep -v -e /stable_secret: -e /mc_forwarding:
    ;;
  bonds) each_bond ;;
  esac 2>/dev/null
}

# listed NAME: the same of ip(8) without what it says of the state, and without what comes back by itself.
listed() {
  listing "$1" |
    sed -E -e 's/[\\[:space:]]+/ /g' \
      -e 's/ (rt_offload_failed|rt_offload|rt_trap|offload_failed|offload|trap|linkdown|dead)\>//g' -e 's/ $//' \
      -e "/ proto ($guard_daemons)( |\$)/d" | sort
}

# What keepalived.conf(5) names now, and named when the run began: the master of a pair has such an address, whoever had it then.
shared() {
  grep -ohE '[0-9a-f.:]+/[0-9]+' /etc/keepalived/keepalived.conf "$guard_run/shared" 2>/dev/null | sort -u
}

# Lasting ones, and those with a lifetime, which DHCP gives; how long they live is in lifetimes.
addresses() {
  listing addresses | awk -v shared="$(shared | tr '\n' ' ')" '
    BEGIN { n = split(shared, word, " "); for (i = 1; i <= n; i++) moves[word[i]] }
    / temporary | tentative / { next }
    $4 in moves { next }
    { at = index($0, "\\"); n = split(at ? substr($0, 1, at - 1) : $0, word, " ")
      lasting = "lasting"; late = ""; said = word[4]; i = 5
      if (word[5] == "peer") { said = said " peer " word[6]; i = 7 }
      for (; i <= n; i++) {
        if (word[i] ~ /^(metric|brd|scope)$/) { said = said " " word[i] " " word[i + 1]; i++ }
        else if (word[i] ~ /^(any|proto)$/) i++
        else if (word[i] == "dynamic") lasting = "dynamic"
        else if (word[i] == "noprefixroute") said = said " noprefixroute"
        else if (word[i] == "secondary" && word[3] == "inet") late = " secondary"
        else if (i == n && word[3] == "inet" && word[i] != word[2]) said = said " label " word[i]
      }
      print lasting, word[2], word[3], said late }' | sort
}

lifetimes() {
  listing addresses | awk -v now="$(get "$guard_listed/time" || running)" '/ dynamic / {
    valid = preferred = "forever"
    for (i = 5; i < NF; i++) {
      if ($i == "valid_lft") valid = $(i + 1)
      if ($i == "preferred_lft") preferred = $(i + 1)
    }
    sub(/sec/, "", valid); sub(/sec/, "", preferred)
    print $2, $3, $4, now, valid, preferred }'
}

# lifetime NAME FAMILY ADDRESS: what is left of it. One that ended gets a minute, in which whoever leased it asks again.
lifetime() {
  awk -v name="$1" -v family="$2" -v address="$3" -v now="$(running)" '
    function left(seconds, least) { return seconds == "forever" ? seconds : (seconds -= now - $4) < least ? least : seconds }
    $1 == name && $2 == family && $3 == address { print "valid_lft", left($5, 60), "preferred_lft", left($6, 0) }' \
    "$guard_words/lifetimes"
}

# Their scope follows from the rest, and for how long a group has not been in balance is its state: ip(8) takes neither. Of
# one of IPv6 by a device alone nothing else says that it is. Groups come after those that they name, and have no family.
nexthops() {
  {
    listed nexthops-4
    listed nexthops-6 | sed 's/$/ inet6/'
    listed nexthops | grep ' group '
  } | sed -e 's/ scope [a-z]*//' -e 's/ unbalanced_time [0-9.]*//' | sort
}

# routes FAMILY: one by a nexthop object is not to name what that object says.
routes() {
  listed "routes$1" | awk '
    / expires / || / table local / { next }
    match($0, / nhid [0-9]+/) {
      tail = substr($0, RSTART + RLENGTH)
      sub(/ nexthop .*/, "", tail); sub(/ via (inet6? )?[^ ]+/, "", tail); sub(/ dev [^ ]+/, "", tail)
      sub(/ onlink/, "", tail)
      $0 = substr($0, 1, RSTART + RLENGTH - 1) tail
    }
    { print }'
}

# Those that administrators set, and those that are answered for.
neighbours() {
  {
    listed lasting | grep -v ' extern_learn' | sed -n 's/ PERMANENT.*//p' | sed 's/^/lasting /'
    listed proxies | sed -n 's/ proxy$//p' | sed 's/^/proxy /'
  } | sort
}

links() {
  listing links | awk '{
    name = $2; sub(/@.*/, "", name); sub(/:$/, "", name)
    mtu = ""; for (i = 3; i < NF; i++) if ($i == "mtu") mtu = $(i + 1)
    print name, ($3 ~ /[<,]UP[,>]/ ? "up" : "down"), mtu }' | sort
}

# bonds: each with its address and its members in their order. A bond that had no members for a moment has a random
# address, then that of the first member it gets; and by their order it hands out flows (bonding.rst).
bonds() {
  listing bonds | sort
}

each_bond() {
  local slaves name
  for slaves in /sys/class/net/*/bonding/slaves; do
    [ -e "$slaves" ] || continue
    name=${slaves%/bonding/slaves}
    printf '%s %s %s\n' "${name##*/}" "$(cat "$name/address")" "$(cat "$slaves")"
  done
}

settings() {
  listing settings | sort
}

# network_save: fails where not all of it can be written.
network_save() {
  local one saved
  [ -z "$guard_tried" ] || [ -n "${LINKCTL_GUARD_NETWORK:-}" ] || return 0
  command -v ip >/dev/null 2>&1 || return 0
  saved=$guard_run/listings
  mkdir -p "$saved" && running >"$saved/time" && each_bond >"$saved/bonds" && note_shared || return 1
  # ip(8) does not tell that it could not write.
  {
    for one in $guard_short; do
      # Most hosts have no nexthop object, which one question tells.
      case $one in nexthops-*) [ -n "$(listing_now nexthops)" ] || continue ;; esac
      printf '== %s\n' "$one"
      listing_now "$one"
    done
  } | cat >"$saved/short" || return 1
  for one in routes-4 routes-6 settings; do
    listing_now "$one" >"$saved/$one"
    # grep(1) ends with 1 where it has printed nothing.
    [ $? -le 1 ] || return 1
  done
}

# Its passwords are not kept.
note_shared() {
  [ ! -e /etc/keepalived/keepalived.conf ] && return 0
  grep -oE '[0-9a-f.:]+/[0-9]+' /etc/keepalived/keepalived.conf >>"$guard_run/shared"
  [ $? -le 1 ]
}

# network_read: puts what was saved into words, in a folder of this process; an earlier linkctl has saved it in words. Fails
# where nothing was saved, or not all can be written: then nothing is known of what was there.
network_read() {
  local kind place
  guard_words=
  for place in /run /dev/shm "$guard_run"; do
    guard_words=$(mktemp -d "$place/linkctl-guard.XXXXXXXXXX" 2>/dev/null) && break
  done
  [ -n "$guard_words" ] || return 1
  for kind in $guard_kinds lifetimes; do
    if [ -d "$guard_run/listings" ]; then
      guard_listed=$guard_run/listings
      present "$kind" >"$guard_words/$kind" || return 1
    elif [ -e "$guard_run/$kind" ]; then
      cat "$guard_run/$kind" >"$guard_words/$kind" || return 1
    fi
  done
  guard_listed=
  [ -e "$guard_words/links" ]
}

network_forget() {
  [ -z "$guard_words" ] || rm -rf "$guard_words"
  guard_listed='' guard_words=''
}

# present KIND
present() {
  case $1 in
  routes-*) routes "${1#routes}" ;;
  *) "$1" ;;
  esac
}

# Much later, what was there before that run and is there now must not go with what is undone; more is not known.
network_common() {
  local kind
  [ -d "$guard_run/listings" ] || [ -e "$guard_run/links" ] || return 0
  network_read && note_shared || {
    network_forget
    fail "$guard_run: what was there of the network cannot be read"
  }
  for kind in $guard_kinds; do
    [ -e "$guard_words/$kind" ] || : >"$guard_words/$kind"
    present "$kind" >"$guard_words/now" && comm -12 "$guard_words/$kind" "$guard_words/now" >"$guard_run/$kind" || {
      network_forget
      fail "$guard_run/$kind: cannot be written"
    }
  done
  lifetimes >"$guard_run/lifetimes"
  rm -rf "$guard_run/listings"
  : >"$guard_run/later"
  network_forget
}
