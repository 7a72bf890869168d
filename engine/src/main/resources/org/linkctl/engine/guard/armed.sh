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

# What tells one run of the kernel from another: in $booted from now on.
boot_id() {
  booted=${booted:-$(cat /proc/sys/kernel/random/boot_id 2>/dev/null || sysctl -n kern.boottime 2>/dev/null | tr -d ' ')}
}

# watched RUN: whether its watcher is there.
watched() {
  read -r pid id 2>/dev/null <"$home/runs/$1/watcher" || return 1
  boot_id
  [ "$id" = "$booted" ] && kill -0 "$pid" 2>/dev/null
}

# attended RUN: the same, waiting for one that is about to begin, or for what it does: some of it takes a second.
attended() {
  turns=0
  while [ "$turns" -lt 50 ]; do
    turns=$((turns + 1))
    watched "$1" && return 0
    [ "$(state "$1")" = armed ] || return 0
    sleep 0.2 2>/dev/null || sleep 1
  done
  return 1
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
  boot_id
  put "$run/watcher" "$$ $booted"
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
  if locked "$1"; then
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
  put "$home/runs/$1/alive" "$$ $(running)"
  # One that was killed goes unnoticed until nobody undoes what has to be undone.
  watched "$1" || {
    watcher "$1"
    attended "$1"
  } || fail "the guard's watcher is gone, and none can be started"
}

arm() { # RUN PART SECONDS
  run=$home/runs/$1 part=$2 phase=save
  [ -e "$run/undo.$2" ] || fail "$run/undo.$2: is not there"
  own "$1"
  closed "$home/runs" "$run"
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
  # Runs are told apart by the clocks of those who began them; which came after which only the host knows.
  put "$run/number" "$(($(newest | sed -n '1s/ .*//p') + 1))"
  boot_unit && put "$run/state" armed && put "$home/armed" "$1" || {
    disarm
    rm -f "$run/state"
    fail "$run: cannot be written"
  }
  sync
  watcher "$1"
  attended "$1" || fail "the guard's watcher does not start"
}

# closed FOLDER...: root's alone, though files were put there by somebody who makes folders for all.
closed() {
  for folder; do
    [ ! -d "$folder" ] || chmod 0700 "$folder"
  done
}

# own RUN: whether the lock is this run's; it is this shell's from now on. Written by the name of the run, not by that of
# the lock: what was taken over meanwhile is another's.
own() {
  locked "$1" && renew "$1" && keep "$home/lock.$1/shell" "${LINKCTL_SHELL:-}" || lost
}

locked() {
  [ "$lock" -ef "$home/lock.$1" ]
}

# It was renewed a moment ago, mostly.
renew() {
  renewed=$(get "$home/lock.$1/alive") now=$(running)
  [ -n "$renewed" ] && [ "$now" -ge "$renewed" ] && [ "$((now - renewed))" -lt 10 ] || put "$home/lock.$1/alive" "$now"
}

lost() {
  who=$(get "$lock/who")
  fail "this run has lost the host's lock${who:+; it is now that of $who}"
}

# Some steps begin: whoever undoes them lets the shell that carries them out come to its end first.
begin() {
  own "$1"
  keep "$home/runs/$1/shell" "${LINKCTL_SHELL:-}" || exit 1
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

# newest: NUMBER RUN of each run, the last that was armed here first; those of an earlier linkctl have no number.
newest() {
  ls -1 "$home/runs" 2>/dev/null | while read -r one; do
    number=$(get "$home/runs/$one/number")
    printf '%s %s\n' "${number:-0}" "$one"
  done | sort -k 1,1nr -k 2,2r
}

# Of all but the last ten runs nothing is kept.
old() {
  newest | tail -n +11 | while read -r number one; do
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
revert() { # OWNER RUN WHY
  own "$1"
  shift
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
