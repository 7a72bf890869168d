#!/bin/sh
# Kept here by linkctl, which writes it anew where it differs. It undoes a change that nobody confirmed.
# usage: guard arm RUN PART SECONDS | begin RUN | alive RUN | confirm RUN | fire RUN WHY | revert RUN WHY
#        guard lock RUN WHO | own RUN | unlock RUN | told RUN | status | watch RUN | boot
#
# runs/RUN/ holds a run: state (armed, confirmed, undoing, undone), undo.PART (calls of file, value and run below, the
# last step first; each of them does nothing where nothing was done), saved.PART/ (what stood there before), and why.
set -u
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
umask 077
case $0 in
/*) me=$0 ;;
*) me=$PWD/$0 ;;
esac
home=${me%/*}
# Tried out elsewhere than on a host, units lie in a folder of their own, and neither systemd nor the network is touched.
tried=${LINKCTL_GUARD_UNITS:-}
unit=${tried:-/etc/systemd/system}/linkctl-guard.service
wants=${unit%/*}/sysinit.target.wants/linkctl-guard.service
script=${tried:-/usr/local/etc/rc.d}/linkctl_guard
lock=$home/lock
# So many seconds after its owner's last sign of life a lock is anybody's: sshd keeps the shell of a machine that was
# switched off until TCP gives up, which may take hours.
patience=180

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

# FreeBSD's sync(8) returns before all is on the disk, its name and folder least of all; fsync(1) does not.
durable() {
  ! command -v fsync >/dev/null 2>&1 || [ -L "$1" ] || fsync "$1"
}

# put FILE TEXT: whole or not at all.
put() {
  printf '%s\n' "$2" >"$1.new" && mv -f "$1.new" "$1" && durable "$1"
}

get() {
  [ -e "$1" ] && cat "$1"
}

# Seconds since the kernel began, which nobody sets (proc(5)); FreeBSD moves kern.boottime where the clock is set.
running() {
  if [ -r /proc/uptime ]; then
    read -r seconds rest </proc/uptime
    printf '%s\n' "${seconds%%.*}"
  else
    printf '%s\n' $(($(date +%s) - $(sysctl -n kern.boottime | sed 's/[^0-9]*\([0-9]*\).*/\1/')))
  fi
}

state() {
  now=$(get "$home/runs/$1/state")
  # The last word was lost: all was undone before the host was free.
  [ "$now" != undoing ] || [ "$(get "$home/armed")" = "$1" ] || now=undone
  printf '%s\n' "$now"
}

# ---- What the lists of undoing call. The phase says what is to be done now.

# file STEP PATH
file() {
  saved=$run/saved.$part/$1
  case $phase in
  save)
    if [ -e "$2" ] || [ -L "$2" ]; then
      cp -pP "$2" "$saved" && durable "$saved" || fail "$2: cannot be saved"
    else
      : >"$saved.absent"
      durable "$saved.absent"
    fi
    ;;
  files)
    # What a step that a crash cut short was about to put there.
    rm -f "${2%/*}"/.linkctl.??????????
    # First what was there: a service that is stopped below may need its former file.
    [ -e "$saved" ] || [ -L "$saved" ] || return 0
    cmp -s "$saved" "$2" && [ "$(ls -ld "$saved" | cut -c1-10)" = "$(ls -ld "$2" | cut -c1-10)" ] && return 0
    # mv(1) would move it into a folder.
    [ ! -d "$2" ] && mkdir -p -m 0755 "${2%/*}" && cp -pP "$saved" "$2.linkctl-undo" && mv -f "$2.linkctl-undo" "$2" && durable "$2" || {
      rm -f "$2.linkctl-undo"
      missed "$2"
    }
    ;;
  absent)
    [ -e "$saved.absent" ] || return 0
    rm -f "$2" || missed "$2"
    empty "${2%/*}"
    ;;
  esac
}

# Folders that were made for files of ours, such as drop-ins, go with the last of them.
empty() {
  case $1 in
  *.d) rmdir "$1" 2>/dev/null ;;
  esac
}

# value STEP PATH: a file of the kernel.
value() {
  saved=$run/saved.$part/$1
  case $phase in
  save) get "$2" >"$saved" 2>/dev/null || : ;;
  live)
    [ -s "$saved" ] && [ -e "$2" ] || return 0
    [ "$(cat "$2")" = "$(cat "$saved")" ] || cat "$saved" >"$2" || missed "$2"
    ;;
  esac
}

# run STEP WORD...
run() {
  shift
  case $phase in
  live) "$@" >/dev/null 2>&1 || : ;;
  boot) enabling "$@" >/dev/null 2>&1 ;;
  esac
}

# At boot nothing of the kernel's state is left to undo, but what is started is not to be what was undone.
enabling() {
  [ "$1" != sysrc ] || "$@"
  [ "$1" = systemctl ] || return 0
  verb=$2
  now=
  case " $* " in
  *" --now "*) now=1 ;;
  esac
  for service; do :; done
  case $verb in
  enable | disable | mask | unmask) systemctl --no-reload "$verb" "$service" ;;
  esac
  # What is already decided for this boot does not follow from that.
  case $verb$now in
  start | enable1) systemctl --no-block start "$service" ;;
  stop | disable1) systemctl --no-block stop "$service" ;;
  esac
}

missed() {
  printf '%s\n' "$1" >>"$run/missed"
}

# ---- Routes, addresses and links, as a whole: a step takes more with it than it names.

addresses() {
  ip -o address show scope global 2>/dev/null | awk '
    / temporary | tentative / { next }
    { dynamic = / dynamic / ? "dynamic" : "lasting"
      address = $4; if ($5 == "peer") address = $4 " peer " $6
      print dynamic, $2, $3, address }' | sort
}

# routes FAMILY: those that administrators set, each on one line that ip(8) takes.
routes() {
  for protocol in boot static; do
    ip -o "$1" route show table all proto "$protocol" 2>/dev/null |
      sed -e 's/\\//g' -e 's/\(linkdown\|dead\|offload_failed\|offload\|trap\|rt_trap\|rt_offload\) //g' |
      awk -v p="$protocol" '/ expires / || / table local / { next } { print "proto", p, $0 }'
  done | tr -s ' \t' ' ' | sed 's/ $//' | sort
}

links() {
  ip -o link show 2>/dev/null | awk '{
    name = $2; sub(/@.*/, "", name); sub(/:$/, "", name)
    mtu = ""; for (i = 3; i < NF; i++) if ($i == "mtu") mtu = $(i + 1)
    print name, ($3 ~ /[<,]UP[,>]/ ? "up" : "down"), mtu }' | sort
}

# Each interface's own settings (ip-sysctl.rst): whoever takes an interface over changes some. Two are not to be written.
settings() {
  grep -rs '' /proc/sys/net/ipv4/conf /proc/sys/net/ipv6/conf | grep -v -e /stable_secret: -e /mc_forwarding: | sort
}

network_save() {
  [ -z "$tried" ] || return 0
  command -v ip >/dev/null 2>&1 || return 0
  addresses >"$run/addresses"
  routes -4 >"$run/routes-4"
  routes -6 >"$run/routes-6"
  links >"$run/links"
  settings >"$run/settings"
}

# Much later, what was there before that run and is there now must not go with what is undone; more is not known.
network_common() {
  [ -e "$run/links" ] || return 0
  mkdir "$run/former" && mv "$run/addresses" "$run/routes-4" "$run/routes-6" "$run/links" "$run/settings" "$run/former"
  network_save
  for what in addresses routes-4 routes-6 links settings; do
    comm -12 "$run/former/$what" "$run/$what" >"$run/now" && mv "$run/now" "$run/$what"
  done
  : >"$run/later"
}

# lines FILE COMMAND: the lines that FILE has and the command does not print now.
missing() {
  "$2" $3 >"$run/now"
  comm -23 "$1" "$run/now"
}

extra() {
  "$2" $3 >"$run/now"
  comm -13 "$1" "$run/now"
}

network_restore() {
  [ -e "$run/links" ] || return 0
  set -f
  missing "$run/links" links '' | while read -r name up mtu; do
    [ -e "/sys/class/net/$name" ] || continue
    ip link set dev "$name" mtu "$mtu" 2>/dev/null
    ip link set dev "$name" "$up" 2>/dev/null
  done
  # Twice: what is set for all is set for each.
  for turn in 1 2; do
    missing "$run/settings" settings '' | while IFS=: read -r path value; do
      [ -e "$path" ] && printf '%s\n' "$value" >"$path"
    done 2>/dev/null
  done
  [ -e "$run/later" ] || extra "$run/addresses" addresses '' | while read -r lasting name family address; do
    [ "$lasting" = lasting ] && ip address del $address dev "$name" 2>/dev/null
  done
  missing "$run/addresses" addresses '' | while read -r lasting name family address; do
    nodad=
    [ "$family" = inet6 ] && nodad=nodad
    ip address replace $address dev "$name" $nodad 2>/dev/null
  done
  # Twice: a route through a gateway needs the one that leads there.
  for family in -4 -6 -4 -6; do
    [ -e "$run/later" ] || extra "$run/routes$family" routes "$family" | while read -r line; do ip "$family" route del $line 2>/dev/null; done
    missing "$run/routes$family" routes "$family" | while read -r line; do ip "$family" route replace $line 2>/dev/null; done
  done
  set +f
  rm -f "$run/now"
}

# The kernel drops a route with its source address or its last interface; a route over tunnels has a script that knows it.
routes_again() {
  for script in /usr/local/lib/linkctl/route-*; do
    [ ! -x "$script" ] || "$script" apply >/dev/null 2>&1 || :
  done
}

# ---- Undoing

parts() {
  ls "$run" | sed -n 's/^saved\.//p' | sort "$@"
}

# each PHASE: the lists of the parts that were armed, the last part first.
each() {
  phase=$1
  for part in $(parts -rn); do
    . "$run/undo.$part"
  done
}

undo() {
  run=$home/runs/$1
  mkdir "$run/undoing" 2>/dev/null || return 0
  put "$run/why" "$2"
  put "$run/state" undoing
  shell_end
  each files
  each live
  each absent
  reread
  network_restore
  routes_again
  undone
}

# Whoever sees that it is undone finds the host free: that is said last.
undone() {
  [ ! -s "$run/missed" ] || put "$run/why" "$(cat "$run/why"); not undone: $(tr '\n' ' ' <"$run/missed")"
  rm -f "$run"/*.new
  sync
  # As long as it is armed nobody else takes the lock; once it is not, it counts as undone.
  unlock "${run##*/}"
  disarm
  put "$run/state" undone
  sync
  old
}

# Whatever reads files is told that they changed back.
reread() {
  [ -z "$tried" ] && command -v systemctl >/dev/null 2>&1 || return 0
  systemctl daemon-reload >/dev/null 2>&1
  if command -v networkctl >/dev/null 2>&1 && systemctl -q is-active systemd-networkd.service 2>/dev/null; then
    cat "$run"/undo.* 2>/dev/null | grep -q "/etc/systemd/network/" && networkctl reload >/dev/null 2>&1 && sleep 2
  fi
}

# The shell that carries out the steps comes to its end first, with the step that runs.
shell_end() {
  read -r pid mark <"$run/shell" || return 0
  [ -n "$mark" ] && [ -e "$mark" ] && kill "$pid" 2>/dev/null || return 0
  turns=0
  while [ -e "$mark" ] && kill -0 "$pid" 2>/dev/null; do
    sleep 1
    turns=$((turns + 1))
    [ "$turns" -ge 30 ] || continue
    # A step that hangs: it and its shell are ended by force.
    read -r step polls <"${mark%/*}/now" && [ -n "$step" ] && { kill -9 "-$step" || kill -9 "$step"; }
    kill -9 "$pid"
  done 2>/dev/null
}

# ---- Being armed

disarm() {
  rm -f "$home/armed" "$wants" "$unit" "$script"
  unload
}

# A reload for some other unit has shown this one to systemd, which would keep it in mind until the next one.
unload() {
  [ -z "$tried" ] && [ -z "${booting:-}" ] && [ -d /run/systemd/system ] || return 0
  [ -z "$(systemctl list-units --all --no-legend --plain "${unit##*/}" 2>/dev/null)" ] || systemctl daemon-reload >/dev/null 2>&1
}

boot_unit() {
  if [ -x /sbin/rcorder ] && [ -r /etc/rc.subr ]; then
    boot_script
    return
  fi
  command -v systemctl >/dev/null 2>&1 && [ -d /run/systemd/system ] || return 0
  put "$unit" "[Unit]
Description=Undo a change by linkctl that nobody confirmed
DefaultDependencies=no
RequiresMountsFor=$home /etc
After=local-fs.target systemd-remount-fs.service
Before=sysinit.target systemd-sysctl.service systemd-modules-load.service network-pre.target shutdown.target
Conflicts=shutdown.target
[Service]
Type=oneshot
ExecStart=/bin/sh $me boot
[Install]
WantedBy=sysinit.target"
  chmod 0644 "$unit"
  mkdir -p -m 0755 "${wants%/*}" && ln -sf ../linkctl-guard.service "$wants"
}

# FreeBSD: rc(8) looks into this folder once all file systems are there, and has set up no interface by then. It has read
# rc.conf, and reads it again when told so by SIGALRM; sysctl.conf it reads once more at the end.
boot_script() {
  mkdir -p -m 0755 "${script%/*}"
  put "$script" "#!/bin/sh
# Undoes a change by linkctl that nobody confirmed.
# PROVIDE: linkctl_guard
# REQUIRE: FILESYSTEMS
# BEFORE: netif
case \$1 in
*start) /bin/sh $me boot && kill -ALRM \"\$RC_PID\" ;;
esac"
  chmod 0755 "$script" && durable "$script"
}

watcher() {
  if [ -z "$tried" ] && command -v systemd-run >/dev/null 2>&1 && [ -d /run/systemd/system ]; then
    systemd-run --quiet --collect --unit="linkctl-guard-$1" --property=DefaultDependencies=no \
      /bin/sh "$me" watch "$1" >/dev/null 2>&1 && return 0
  fi
  if [ -z "$tried" ] && command -v daemon >/dev/null 2>&1; then
    daemon -f /bin/sh "$me" watch "$1" && return 0
  fi
  nohup /bin/sh "$me" watch "$1" </dev/null >/dev/null 2>&1 &
}

# What tells one run of the kernel from another.
boot_id() {
  get /proc/sys/kernel/random/boot_id || sysctl -n kern.boottime 2>/dev/null | tr -d ' ' || echo unknown
}

# watched RUN: whether its watcher is there.
watched() {
  read -r pid id <"$home/runs/$1/watcher" 2>/dev/null || return 1
  [ "$id" = "$(boot_id)" ] && kill -0 "$pid" 2>/dev/null
}

# Whether a run still waits to be confirmed or undone. One whose watcher is gone is undone now.
waiting() {
  one=$(get "$home/armed")
  [ -n "$one" ] || return 1
  case $(state "$one") in
  armed | undoing) ;;
  *)
    disarm
    return 1
    ;;
  esac
  watched "$one" && return 0
  sleep 2 # It may be about to begin.
  watched "$one" && return 0
  [ "$(get "$home/armed")" = "$one" ] || return 1
  rm -rf "$home/runs/$one/undoing" "$home/runs/$one/shell"
  put "$home/runs/$one/fire" "its watcher was gone"
  put "$home/runs/$one/state" armed
  watcher "$one"
}

# Without a clock, which a change may set: so many seconds in which nobody gave a sign of life.
watch() {
  run=$home/runs/$1
  put "$run/watcher" "$$ $(boot_id)"
  read -r seconds <"$run/seconds" && [ -n "$seconds" ] || seconds=60
  was= quiet=0
  while [ "$(state "$1")" = armed ]; do
    if [ -e "$run/fire" ]; then
      undo "$1" "$(cat "$run/fire")"
      return
    fi
    now=$(get "$run/alive")
    [ "$now" = "$was" ] && quiet=$((quiet + 1)) || quiet=0
    was=$now
    if [ "$quiet" -ge "$seconds" ]; then
      undo "$1" "nobody confirmed it within $seconds s"
      return
    fi
    sleep 1
  done
}

# A sign of life, from the lock on. A shell that came in the place of one that was lost has the lock from now on.
alive() {
  if [ "$(readlink "$lock")" = "lock.$1" ]; then
    renew "$1"
    owned "$lock" || put "$home/lock.$1/shell" "${LINKCTL_SHELL:-}"
  elif [ -z "$(state "$1")" ]; then
    lost
  fi
  [ -z "$(state "$1")" ] || living "$1"
}

# living RUN: the same of a run that is armed.
living() {
  [ "$(state "$1")" = armed ] || fail "the change was undone meanwhile: $(get "$home/runs/$1/why")"
  put "$home/runs/$1/alive" "$$ $(date +%s)"
}

arm() { # RUN PART SECONDS
  run=$home/runs/$1 part=$2 phase=save
  [ -e "$run/undo.$2" ] || fail "$run/undo.$2: is not there"
  own "$1"
  [ "$2" = 1 ] || living "$1"
  mkdir -p "$run/saved.$2" || exit 1
  . "$run/undo.$2"
  if [ "$2" != 1 ]; then
    sync
    living "$1"
    return
  fi
  network_save && put "$run/seconds" "$3" && put "$run/alive" start || fail "$run: cannot be written"
  sync
  boot_unit && put "$run/state" armed && put "$home/armed" "$1" || {
    disarm
    rm -f "$run/state"
    fail "$run: cannot be written"
  }
  sync
  watcher "$1"
}

# own RUN: whether the lock is this run's; it is this shell's from now on. Written by the name of the run, not by that of
# the lock: what was taken over meanwhile is another's.
own() {
  [ "$(readlink "$lock")" = "lock.$1" ] || lost
  renew "$1" && put "$home/lock.$1/shell" "${LINKCTL_SHELL:-}" || lost
}

renew() {
  put "$home/lock.$1/alive" "$(running)"
}

lost() {
  who=$(get "$lock/who")
  fail "this run has lost the host's lock${who:+; it is now that of $who}"
}

# Some steps begin: whoever undoes them lets the shell that carries them out come to its end first.
begin() {
  own "$1"
  put "$home/runs/$1/shell" "${LINKCTL_SHELL:-}" || exit 1
  living "$1"
}

confirm() {
  run=$home/runs/$1
  living "$1"
  # Either this or the watcher: whoever makes the folder.
  mkdir "$run/undoing" 2>/dev/null || fail "the change is being undone"
  put "$run/state" confirmed || {
    rmdir "$run/undoing"
    fail "$run: cannot be written"
  }
  sync
  disarm
  unlock "$1"
  sync
  old
}

# Of all but the last ten runs nothing is kept.
old() {
  ls -1 "$home/runs" | sort -r | tail -n +11 | while read -r one; do
    case $(state "$one") in
    armed | undoing) ;;
    *) rm -rf "$home/runs/$one" ;;
    esac
  done
}

fire() { # RUN WHY
  [ "$(state "$1")" = armed ] || return 0
  put "$home/runs/$1/fire" "$2"
  watched "$1" || watcher "$1"
}

# A confirmed change is undone later, as if nobody had confirmed it.
revert() { # RUN WHY
  run=$home/runs/$1
  [ "$(state "$1")" = confirmed ] || fail "run $1 is $(state "$1")"
  rm -rf "$run/shell" "$run/undoing"
  network_common
  put "$run/fire" "$2"
  put "$run/state" armed
  put "$home/armed" "$1"
  boot_unit
  sync
  watcher "$1"
}

boot() {
  booting=1
  one=$(get "$home/armed")
  case $(state "$one") in
  armed | undoing) ;;
  *)
    disarm
    return
    ;;
  esac
  run=$home/runs/$one
  mkdir -p "$run/undoing"
  put "$run/why" "the host was restarted before anybody confirmed it"
  each files
  reread
  each boot
  each absent
  undone
  reread
}

# ---- One run at a time

# lock RUN WHO: taken where nobody has it, or nobody is left who had it, or nobody was heard of who has it. The lock is a
# link, made and moved in one go, to a folder that says whose it is. It prints the run that was here last; then of whom
# it was taken, if his shell was there still.
lock() {
  mine=lock.$1 taken=
  if waiting && [ "$one" != "$1" ]; then
    refuse "a change of run $one that nobody confirmed is about to be undone"
  fi
  mkdir -p "$home/$mine"
  put "$home/$mine/who" "$2"
  put "$home/$mine/run" "$1"
  renew "$1"
  put "$home/$mine/shell" "${LINKCTL_SHELL:-}"
  until ln -sn "$mine" "$lock" 2>/dev/null; do
    theirs=$(readlink "$lock") || continue
    [ "$theirs" != "$mine" ] || break
    ! owned "$lock" || outlast "$lock"
    mv "$lock" "$lock.left.$$" 2>/dev/null || continue
    if [ "$(readlink "$lock.left.$$")" = "$theirs" ]; then
      rm -rf "${home:?}/$theirs"
      rm -f "$lock.left.$$"
    else
      mv "$lock.left.$$" "$lock"
    fi
  done
  tidy "$1"
  # By this whoever planned before sees whether another run was here since.
  printf '%s\n' "$(ls -1 "$home/runs" 2>/dev/null | sort -r | head -n 1)"
  [ -z "$taken" ] || printf '%s\n' "$taken"
}

# outlast FOLDER: ends the shell that has this lock, where nobody was heard of who uses it. A step that it carries out is
# waited for: two are not at work here at once.
outlast() {
  theirs_who=$(get "$1/who")
  silent "$1" || refuse "$theirs_who"
  taken="$theirs_who, silent for $quiet s"
  read -r pid mark <"$1/shell" && kill "$pid" 2>/dev/null
  for turn in 1 2 3; do
    owned "$1" || return 0
    sleep 1
  done
  refuse "$taken, with a step that has not ended yet"
}

# silent FOLDER: whether nobody has renewed this lock for too long; for how long.
silent() {
  last=$(get "$1/alive")
  [ -n "$last" ] || return 1
  quiet=$(($(running) - last))
  [ "$quiet" -ge "$patience" ]
}

# tidy RUN: once the lock is this run's. What a crash left half made: runs whose guard was not armed yet, so that nothing
# was done in them; locks of shells that are gone; files that were about to be put in place.
tidy() {
  for one in "$home"/runs/*; do
    [ -d "$one" ] && [ "${one##*/}" != "$1" ] || continue
    case $(get "$one/state") in
    '') rm -rf "$one" ;;
    armed) [ "$(get "$home/armed")" = "${one##*/}" ] || rm -rf "$one" ;;
    esac
  done
  for one in "$home"/lock.*; do
    case $one in
    "$home/$mine") ;;
    "$home"/lock.left.*) kill -0 "${one##*.}" 2>/dev/null || rm -f "$one" ;;
    # One that was made just now may belong to somebody who is about to find this lock taken.
    *) owned "$one" || [ ! -e "$one/shell" ] && [ -z "$(find "$one" -prune -mmin +1 2>/dev/null)" ] || rm -rf "$one" ;;
    esac
  done
  rm -f "$home"/*.new "$unit.new"
}

refuse() {
  rm -rf "${home:?}/$mine"
  printf '%s\n' "$1"
  exit 75
}

# owned FOLDER: whether the shell that has this lock is there.
owned() {
  read -r pid mark <"$1/shell" 2>/dev/null || return 1
  [ -n "$mark" ] && [ -e "$mark" ] && kill -0 "$pid" 2>/dev/null
}

unlock() {
  [ "$(get "$lock/run")" = "$1" ] || return 0
  rm -f "$lock"
  rm -rf "${home:?}/lock.$1"
}

# status: RUN STATE ENDED TOLD, one line each, then why, who and what.
status() {
  ls -1 "$home/runs" 2>/dev/null | sort -r | while read -r one; do
    run=$home/runs/$one
    printf '%s\t%s\t%s\t%s\t%s\n' "$one" "$(state "$one")" "$([ -e "$run/told" ] && echo told)" \
      "$(get "$run/why")" "$(get "$run/about" | tr '\n' '\t')"
  done
}

told() {
  : >"$home/runs/$1/told"
}

command=${1:-status}
[ $# -eq 0 ] || shift
case $command in
arm | begin | alive | confirm | fire | revert | lock | own | unlock | status | told | watch | boot) "$command" "$@" ;;
*) fail "guard: $command?" ;;
esac
