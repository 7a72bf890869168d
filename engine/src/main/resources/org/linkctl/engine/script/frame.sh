# What every script that linkctl sends starts with. It runs under any POSIX sh: dash, busybox, bash, FreeBSD's.
# Everything is a function and the last line calls the main one: a script that was cut off on its way does nothing.
# lc_nonce, lc_poll (seconds) and lc_polls are set by what follows. Names start with lc_.

lc_start() {
  LC_ALL=C LANG=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  DEBIAN_FRONTEND=noninteractive SYSTEMD_PAGER='' SYSTEMD_COLORS=0 NO_COLOR=1
  export LC_ALL LANG PATH DEBIAN_FRONTEND SYSTEMD_PAGER SYSTEMD_COLORS NO_COLOR
  unset ENV BASH_ENV CDPATH
  cd / || exit 1
  umask 077
  for lc_dir in /run /dev/shm /tmp /var/tmp; do
    lc_dir=$(mktemp -d "$lc_dir/linkctl.XXXXXXXXXX" 2>/dev/null) && break
    lc_dir=
  done
  umask 022
  if [ -z "$lc_dir" ]; then
    printf '%s noroom\n' "$lc_nonce"
    exit 1
  fi
  lc_watcher=
  trap lc_clean EXIT
  trap 'exit 143' HUP INT TERM PIPE
  lc_watch </dev/null >/dev/null 2>&1 &
  lc_watcher=$!
  printf '%s begin\n' "$lc_nonce"
}

# What cleans up must not be ended by the signal that made it run.
lc_clean() {
  trap - EXIT
  trap '' HUP INT TERM PIPE
  [ -z "$lc_watcher" ] || kill "$lc_watcher" 2>/dev/null
  cd /
  rm -rf "$lc_dir"
}

# Ends a command that stays the same for lc_polls looks, lc_poll seconds apart: first by TERM, at the next look by KILL.
lc_watch() {
  trap - EXIT HUP INT TERM PIPE
  lc_was=
  lc_seen=0
  while sleep "$lc_poll"; do
    [ -d "$lc_dir" ] || exit 0
    lc_now=
    [ -e "$lc_dir/now" ] && read -r lc_now <"$lc_dir/now"
    if [ -z "$lc_now" ] || [ "$lc_now" != "$lc_was" ]; then
      lc_was=$lc_now
      lc_seen=0
      continue
    fi
    lc_seen=$((lc_seen + 1))
    if [ "$lc_seen" -eq "$lc_polls" ]; then
      : >"$lc_dir/${lc_now%% *}.late"
      kill "${lc_now##* }"
    elif [ "$lc_seen" -gt "$lc_polls" ]; then
      kill -9 "${lc_now##* }"
    fi
  done
}

# lc_run NUMBER WORD...: runs the words, keeps both streams in files, says the status.
lc_run() {
  lc_n=$1
  shift
  "$@" </dev/null >"$lc_dir/$lc_n.o" 2>"$lc_dir/$lc_n.e" &
  lc_pid=$!
  echo "$lc_n $lc_pid" >"$lc_dir/now" || lc_full=1
  wait "$lc_pid"
  lc_status=$?
  : >"$lc_dir/now"
  [ ! -e "$lc_dir/$lc_n.late" ] || lc_status=late
  [ -z "$lc_full" ] && [ -e "$lc_dir/$lc_n.o" ] && [ -e "$lc_dir/$lc_n.e" ] || lc_status=noroom
  printf '%s done %s %s\n' "$lc_nonce" "$lc_n" "$lc_status"
}
lc_full=

# A read-only command: it must not fill the host with an endless output, so its files are limited (POSIX: units of
# 512 bytes). `exec`, so that the process that is watched is the command itself.
lc_ask() {
  ulimit -S -c 0 2>/dev/null
  ulimit -S -f "$lc_blocks" 2>/dev/null
  exec "$@"
}

# The same for what only the shell itself knows, such as `command -v`.
lc_builtin() {
  ulimit -S -f "$lc_blocks" 2>/dev/null
  "$@"
}

# A file's content. What is no regular file could block (a pipe) or never end (a device).
lc_read() {
  if [ -e "$1" ] && [ ! -f "$1" ]; then
    echo "not a regular file" >&2
    exit 1
  fi
  lc_ask cat "$1"
}

# lc_send NAME...: the lengths of those files, then all their bytes. The last frame comes when nothing is left here.
lc_send() {
  cd "$lc_dir" || exit 1
  printf '%s sizes\n' "$lc_nonce"
  [ $# -eq 0 ] || wc -c "$@"
  printf '%s data\n' "$lc_nonce"
  [ $# -eq 0 ] || cat "$@"
  lc_clean
  printf '\n%s end\n' "$lc_nonce"
}

# Only the last bytes of both streams of command 1 are sent.
lc_send_tail() {
  tail -c "$1" "$lc_dir/1.o" >"$lc_dir/1.O"
  tail -c "$1" "$lc_dir/1.e" >"$lc_dir/1.E"
  lc_send 1.O 1.E
}

# lc_fail TEXT: ends a step.
lc_fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

# Forces a file to the disk: fsync(1) is FreeBSD's, sync with a file is GNU's; everything, where there is neither.
lc_flush() {
  if command -v fsync >/dev/null 2>&1; then
    fsync "$1"
  else
    sync "$1" 2>/dev/null || sync
  fi
}

# lc_temporary PATH MODE: makes lc_t, empty, beside PATH, with MODE.
lc_temporary() {
  lc_parent=${1%/*}
  [ -d "${lc_parent:-/}" ] || mkdir -p -m 0755 "$lc_parent" || exit 1
  [ ! -d "$1" ] || lc_fail "$1: is a folder"
  lc_t=$(mktemp "${lc_parent}/.linkctl.XXXXXXXXXX") || exit 1
  trap 'rm -f "$lc_t"' EXIT
  trap 'exit 143' HUP INT TERM PIPE
  chmod "$2" "$lc_t" || exit 1
}

# lc_put PATH MODE: the file's content is what lc_content prints. (A function: a here-document or an argument would
# not carry every byte, and arguments of processes are seen by others.)
lc_put() {
  lc_temporary "$1" "$2"
  lc_content >"$lc_t" || lc_fail "$1: cannot be written"
  lc_flush "$lc_t" || lc_fail "$1: cannot be written to the disk"
  mv -f "$lc_t" "$1" || exit 1
  trap - EXIT
  lc_flush "${lc_parent:-/}"
}

# lc_generate PATH MODE WORD...: as lc_put, from what a command prints. link(2) fails where the name is taken, so a
# file that is there is never replaced.
lc_generate() {
  [ ! -e "$1" ] && [ ! -L "$1" ] || { echo "$1: is there already, left as it is"; return 0; }
  lc_temporary "$1" "$2"
  lc_target=$1
  shift 2
  "$@" </dev/null >"$lc_t" || lc_fail "$lc_target: the command that makes it failed"
  [ -s "$lc_t" ] || lc_fail "$lc_target: the command that makes it printed nothing"
  lc_flush "$lc_t" || lc_fail "$lc_target: cannot be written to the disk"
  ln "$lc_t" "$lc_target" || exit 1
  rm -f "$lc_t"
  trap - EXIT
  lc_flush "${lc_parent:-/}"
}

# lc_write PATH VALUE: one write(2) into a file of the kernel, which must be there.
lc_write() {
  [ -e "$1" ] || lc_fail "$1: no such file; is the kernel module loaded?"
  printf '%s\n' "$2" >"$1" || lc_fail "$1: the kernel did not take '$2'"
}
