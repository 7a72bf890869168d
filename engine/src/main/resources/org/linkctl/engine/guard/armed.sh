# ---- Being armed

disarm() {
  rm -f "$guard_home/armed" "$guard_wants" "$guard_unit" "$guard_script"
  unfold "$guard_home/folders"
  rm -f "$guard_home/folders"
  unload
}

# room FOLDER: makes it, and those it lies in, until disarm.
room() {
  folders "$1" >"$guard_home/folders.new"
  [ ! -s "$guard_home/folders.new" ] || put "$guard_home/folders" "$(get "$guard_home/folders.new")"
  rm -f "$guard_home/folders.new"
  folder "$1"
}

# A reload for some other unit has shown this one to systemd, which would keep it in mind until the next one.
unload() {
  [ -z "$guard_tried" ] && [ -z "$guard_booting" ] && [ -d /run/systemd/system ] || return 0
  [ -z "$(systemctl list-units --all --no-legend --plain "${guard_unit##*/}" 2>/dev/null)" ] || systemctl daemon-reload >/dev/null 2>&1
}

boot_unit() {
  if command -v rcorder >/dev/null 2>&1 && [ -r /etc/rc.subr ]; then
    boot_script
    return
  fi
  command -v systemctl >/dev/null 2>&1 && [ -d /run/systemd/system ] || return 0
  room "${guard_wants%/*}"
  put "$guard_unit" "[Unit]
Description=Undo a change by linkctl that nobody confirmed
DefaultDependencies=no
RequiresMountsFor=$guard_home /etc
After=local-fs.target systemd-remount-fs.service
Before=sysinit.target systemd-sysctl.service systemd-modules-load.service network-pre.target shutdown.target
Conflicts=shutdown.target
[Service]
Type=oneshot
ExecStart=/bin/sh $guard_me boot
[Install]
WantedBy=sysinit.target"
  chmod 0644 "$guard_unit"
  ln -sf ../linkctl-guard.service "$guard_wants"
}

# FreeBSD: rc(8) looks into this folder once all file systems are there, and has set up no interface by then. It has read
# rc.conf, and reads it again when told so by SIGALRM; sysctl.conf it reads once more at the end.
boot_script() {
  room "${guard_script%/*}"
  put "$guard_script" "#!/bin/sh
# Undoes a change by linkctl that nobody confirmed.
# PROVIDE: linkctl_guard
# REQUIRE: FILESYSTEMS
# BEFORE: netif
case \$1 in
*start) /bin/sh $guard_me boot && kill -ALRM \"\$RC_PID\" ;;
esac"
  chmod 0755 "$guard_script" && durable "$guard_script"
}

watcher() {
  if [ -z "$guard_tried" ] && command -v systemd-run >/dev/null 2>&1 && [ -d /run/systemd/system ]; then
    systemd-run --quiet --collect --unit="linkctl-guard-$1" --property=DefaultDependencies=no \
      /bin/sh "$guard_me" watch "$1" >/dev/null 2>&1 && return 0
  fi
  # FreeBSD's; another program of that name has other options.
  if [ -z "$guard_tried" ] && [ "$(uname)" = FreeBSD ]; then
    daemon -f /bin/sh "$guard_me" watch "$1" && return 0
  fi
  nohup /bin/sh "$guard_me" watch "$1" </dev/null >/dev/null 2>&1 &
}

# What tells one run of the kernel from another: in $guard_booted from now on.
guard_booted=
boot_id() {
  local id
  [ -z "$guard_booted" ] || return 0
  read -r id 2>/dev/null </proc/sys/kernel/random/boot_id || id=$(sysctl -n kern.boottime 2>/dev/null | tr -d ' ')
  guard_booted=$id
}

# watched RUN: whether its watcher is there.
watched() {
  local pid id
  read -r pid id 2>/dev/null <"$guard_home/runs/$1/watcher" || return 1
  boot_id
  [ "$id" = "$guard_booted" ] && kill -0 "$pid" 2>/dev/null
}

# attended RUN: the same, waiting for one that is about to begin, or for what it does: some of it takes a second.
attended() {
  local turns
  turns=0
  while [ "$turns" -lt 50 ]; do
    turns=$((turns + 1))
    watched "$1" && return 0
    [ "$(state "$1")" = armed ] || return 0
    sleep 0.2 2>/dev/null || sleep 1
  done
  return 1
}

# Whether a run still waits to be confirmed or undone; prints it. One whose watcher is gone is undone now.
waiting() {
  local one
  one=$(get "$guard_home/armed")
  [ -n "$one" ] || return 1
  case $(state "$one") in
  armed | undoing) ;;
  *)
    disarm
    return 1
    ;;
  esac
  printf '%s\n' "$one"
  watched "$one" && return 0
  sleep 2 # It may be about to begin.
  watched "$one" && return 0
  [ "$(get "$guard_home/armed")" = "$one" ] || return 1
  rm -rf "$guard_home/runs/$one/undoing" "$guard_home/runs/$one/shell"
  put "$guard_home/runs/$one/fire" "its watcher was gone"
  put "$guard_home/runs/$one/state" armed
  watcher "$one"
}

# Without a clock, which a change may set: so many seconds in which nobody gave a sign of life.
watch() {
  local seconds was quiet now
  about "$1"
  boot_id
  put "$guard_run/watcher" "$$ $guard_booted"
  read -r seconds <"$guard_run/seconds" && [ -n "$seconds" ] || seconds=60
  was='' quiet=0
  while [ "$(state "$1")" = armed ]; do
    if [ -e "$guard_run/fire" ]; then
      undo "$1" "$(cat "$guard_run/fire")"
      return
    fi
    now=$(get "$guard_run/alive")
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
  if locked "$1"; then
    renew "$1"
    owned "$guard_lock" || put "$guard_home/lock.$1/shell" "${LINKCTL_SHELL:-}"
  elif [ -z "$(state "$1")" ]; then
    lost
  fi
  [ -z "$(state "$1")" ] || living "$1"
}

# living RUN: the same of a run that is armed.
living() {
  [ "$(state "$1")" = armed ] || fail "the change was undone meanwhile: $(get "$guard_home/runs/$1/why")"
  put "$guard_home/runs/$1/alive" "$$ $(running)"
  # One that was killed goes unnoticed until nobody undoes what has to be undone.
  watched "$1" || {
    watcher "$1"
    attended "$1"
  } || fail "the guard's watcher is gone, and none can be started"
}

arm() { # RUN PART SECONDS
  about "$1"
  [ -e "$guard_run/undo.$2" ] || fail "$guard_run/undo.$2: is not there"
  own "$1"
  closed "$guard_home/runs" "$guard_run"
  [ "$2" = 1 ] || living "$1"
  mkdir -p "$guard_run/saved.$2" || exit 1
  carry save "$2"
  if [ "$2" != 1 ]; then
    sync
    living "$1"
    return
  fi
  network_save && note "$guard_run/seconds" "$3" && note "$guard_run/alive" start || fail "$guard_run: cannot be written"
  sync
  # Runs are told apart by the clocks of those who began them; which came after which only the host knows.
  last_run
  note "$guard_run/number" "$((guard_number + 1))"
  boot_unit && put "$guard_run/state" armed && put "$guard_home/armed" "$1" || {
    disarm
    rm -f "$guard_run/state"
    fail "$guard_run: cannot be written"
  }
  sync
  watcher "$1"
  attended "$1" || fail "the guard's watcher does not start"
}

# closed FOLDER...: root's alone, though files were put there by somebody who makes folders for all.
closed() {
  local folder
  for folder; do
    [ ! -d "$folder" ] || chmod 0700 "$folder"
  done
}

# own RUN: whether the lock is this run's; it is this shell's from now on. Written by the name of the run, not by that of
# the lock: what was taken over meanwhile is another's.
own() {
  locked "$1" && renew "$1" && keep "$guard_home/lock.$1/shell" "${LINKCTL_SHELL:-}" || lost
}

locked() {
  [ "$guard_lock" -ef "$guard_home/lock.$1" ]
}

# It was renewed a moment ago, mostly.
renew() {
  local renewed now
  renewed=$(get "$guard_home/lock.$1/alive") now=$(running)
  [ -n "$renewed" ] && [ "$now" -ge "$renewed" ] && [ "$((now - renewed))" -lt 10 ] || put "$guard_home/lock.$1/alive" "$now"
}

lost() {
  local who
  who=$(get "$guard_lock/who")
  fail "this run has lost the host's lock${who:+; it is now that of $who}"
}

# Some steps begin: whoever undoes them lets the shell that carries them out come to its end first.
begin() {
  own "$1"
  keep "$guard_home/runs/$1/shell" "${LINKCTL_SHELL:-}" || exit 1
  living "$1"
}

confirm() {
  about "$1"
  living "$1"
  # Either this or the watcher: whoever makes the folder.
  mkdir "$guard_run/undoing" 2>/dev/null || fail "the change is being undone"
  # What is confirmed is on the disk before that it is: of two file systems nothing says which of them is written first.
  sync
  put "$guard_run/state" confirmed || {
    rmdir "$guard_run/undoing"
    fail "$guard_run: cannot be written"
  }
  sync
  disarm
  unlock "$1"
  sync
  old
}

# newest: NUMBER RUN of each run, the last that was armed here first; those of an earlier linkctl have no number.
newest() {
  local one number
  ls -1 "$guard_home/runs" 2>/dev/null | while read -r one; do
    number=$(get "$guard_home/runs/$one/number")
    printf '%s %s\n' "${number:-0}" "$one"
  done | sort -k 1,1nr -k 2,2r
}

# The run that was armed here last, with its number; empty and 0 where there is none.
guard_last='' guard_number=0

# last_run: looks for it.
last_run() {
  local folder number
  guard_last='' guard_number=0
  for folder in "$guard_home"/runs/*; do
    [ -d "$folder" ] || continue
    number=0
    read -r number 2>/dev/null <"$folder/number"
    # Those of an earlier linkctl have none, and names in the order of their times.
    case $number in '' | *[!0-9]*) number=0 ;; esac
    [ "$number" -ge "$guard_number" ] || continue
    guard_last=${folder##*/} guard_number=$number
  done
}

# Of all but the last ten runs nothing is kept.
old() {
  local number one
  set -- "$guard_home"/runs/*
  [ $# -gt 10 ] || return 0
  newest | tail -n +11 | while read -r number one; do
    case $(state "$one") in
    armed | undoing) ;;
    *) rm -rf "$guard_home/runs/$one" ;;
    esac
  done
}

fire() { # RUN WHY
  [ "$(state "$1")" = armed ] || return 0
  put "$guard_home/runs/$1/fire" "$2"
  watched "$1" || watcher "$1"
}

# A confirmed change is undone later, as if nobody had confirmed it.
revert() { # OWNER RUN WHY
  own "$1"
  shift
  about "$1"
  [ "$(state "$1")" = confirmed ] || fail "run $1 is $(state "$1")"
  rm -rf "$guard_run/shell" "$guard_run/undoing"
  : >"$guard_run/reverted"
  network_common
  put "$guard_run/fire" "$2"
  put "$guard_run/state" armed
  put "$guard_home/armed" "$1"
  boot_unit
  sync
  watcher "$1"
}

# Whether the host boots: systemd reads everything anew then.
guard_booting=

boot() {
  local one
  guard_booting=1
  one=$(get "$guard_home/armed")
  case $(state "$one") in
  armed | undoing) ;;
  *)
    disarm
    return
    ;;
  esac
  about "$one"
  mkdir -p "$guard_run/undoing"
  put "$guard_run/why" "the host was restarted before anybody confirmed it"
  each files
  reread
  each boot
  each absent
  undone
  reread
}
