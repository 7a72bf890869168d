# What a root shell of linkctl is told first. It runs under any POSIX sh: dash, busybox, bash, FreeBSD's.
# The shell reads this and then script after script from its standard input, one shell for as long as the connection
# lasts. A script is a function of a name that no other has, and a line that calls it: one that was cut off on its way
# does nothing. Nothing that is run here has the shell's standard input or output. Names start with lc_: variables of a
# function are `local`, all others are named here first.

# The scratch folder; seconds between two looks of the watcher, which is a process; how groups of processes are made.
lc_dir='' lc_poll='' lc_watcher='' lc_setsid='' lc_monitor=
# The script that runs: its word, and the limits of its commands; whether the disk was full, or no step is to follow.
lc_nonce='' lc_polls='' lc_blocks='' lc_full='' lc_stop=
# How many scripts there were; whether anything that commands said is left in files; how these are named.
lc_scripts=0 lc_said='' lc_stem=
# The command that runs: its process, and how it ended; how much of a step's output is kept.
lc_pid='' lc_status='' lc_tail=
# Whether the guard undoes the steps of this script, should the host stop before they are confirmed.
lc_undoable=

# lc_open WORD SECONDS: once, at first. WORD is unique; SECONDS are between two looks of the watcher.
lc_open() {
  local place
  LC_ALL=C LANG=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  DEBIAN_FRONTEND=noninteractive SYSTEMD_PAGER='' SYSTEMD_COLORS=0 NO_COLOR=1
  export LC_ALL LANG PATH DEBIAN_FRONTEND SYSTEMD_PAGER SYSTEMD_COLORS NO_COLOR
  unset ENV BASH_ENV CDPATH
  cd / || exit 1
  umask 077
  for place in /run /dev/shm /tmp /var/tmp; do
    lc_dir=$(mktemp -d "$place/linkctl.XXXXXXXXXX" 2>/dev/null) && break
    lc_dir=
  done
  if [ -z "$lc_dir" ]; then
    printf '%s noroom\n' "$1"
    exit 1
  fi
  : >"$lc_dir/$1"
  # By this whoever undoes what a lost shell does knows it: its process, and a file that is there as long as it is.
  LINKCTL_SHELL="$$ $lc_dir/$1"
  export LINKCTL_SHELL
  umask 022
  lc_poll=$2
  lc_group
  lc_watch </dev/null >/dev/null 2>&1 &
  lc_watcher=$!
  trap lc_close EXIT
  trap 'exit 143' PIPE
  printf '%s ready %s %s\n' "$1" "$$" "$lc_dir"
}

# How a step gets a process group of its own, to be ended with all that it started: setsid(1) is in every Linux, util-linux
# and busybox; without it `set -m`, which FreeBSD's sh and bash obey without a terminal, too, and which would meddle with
# one that is there (doas with a password).
lc_group() {
  lc_setsid='' lc_monitor=
  if command -v setsid >/dev/null 2>&1; then
    lc_setsid=setsid
  elif ! (: </dev/tty) 2>/dev/null; then
    lc_monitor=m
  fi
}

# The end: the input has ended, or the other side is gone, or somebody ended the shell. A step that runs is waited for,
# watched to the last, so that whoever sees the folder gone knows that nothing is done here any more.
lc_close() {
  trap - EXIT
  trap '' HUP INT TERM PIPE
  [ "$!" = "$lc_watcher" ] || wait "$!" 2>/dev/null
  kill -9 "$lc_watcher" 2>/dev/null
  cd /
  rm -rf "$lc_dir"
}

# Ends a command that stays the same for so many looks: first by TERM, at the next look by KILL. Cleans up after a shell
# that was killed. A terminal that hangs up does not end it.
lc_watch() {
  trap - EXIT PIPE
  trap '' HUP INT
  local was seen now polls
  was=
  seen=0
  while sleep "$lc_poll"; do
    [ -d "$lc_dir" ] || exit 0
    if ! kill -0 "$$"; then
      rm -rf "$lc_dir"
      exit 0
    fi
    now='' polls=
    [ -e "$lc_dir/now" ] && read -r now polls <"$lc_dir/now"
    if [ -z "$polls" ] || [ "$now" != "$was" ]; then
      was=$now
      seen=0
      continue
    fi
    seen=$((seen + 1))
    if [ "$seen" -eq "$polls" ]; then
      : >"$lc_dir/late.$now"
      lc_kill TERM "$now"
    elif [ "$seen" -gt "$polls" ]; then
      lc_kill KILL "$now"
    fi
  done
}

# lc_kill SIGNAL PID: the process with its group, where it leads one.
lc_kill() {
  kill "-$1" "-$2" 2>/dev/null || kill "-$1" "$2" 2>/dev/null
}

# lc_begin WORD POLLS BLOCKS: a script begins. Between scripts nothing is caught: a shell that waits for its input would
# not come to carry out a trap.
lc_begin() {
  lc_nonce=$1 lc_polls=$2 lc_blocks=$3 lc_full='' lc_stop='' lc_said='' lc_stem='' lc_undoable=''
  lc_scripts=$((lc_scripts + 1))
  trap 'exit 143' HUP INT TERM
  printf '%s begin\n' "$lc_nonce"
}

# A script ends: nothing of what it held is left here. Removed, not emptied: what a step has started may still write there;
# files of steps that said nothing are empty, and no other script has their names.
lc_end() {
  [ -z "$lc_said" ] || rm -f "$lc_dir"/[0-9]*
  trap - HUP INT TERM
  printf '%s end\n' "$lc_nonce"
}

# lc_run NUMBER WORD...: runs the words, keeps both streams in files, says the status.
lc_run() {
  local n
  n=$1
  shift
  [ -z "$lc_monitor" ] || set -m
  "$@" </dev/null >"$lc_dir/$lc_stem$n.o" 2>"$lc_dir/$lc_stem$n.e" &
  lc_pid=$!
  [ -z "$lc_monitor" ] || set +m
  echo "$lc_pid $lc_polls" >"$lc_dir/now" || lc_full=1
  wait "$lc_pid"
  lc_status=$?
  : >"$lc_dir/now"
  if [ -e "$lc_dir/late.$lc_pid" ]; then
    lc_status=late
    lc_linger
  fi
  [ -z "$lc_full" ] && [ -e "$lc_dir/$lc_stem$n.o" ] && [ -e "$lc_dir/$lc_stem$n.e" ] || lc_status=noroom
  printf '%s done %s %s\n' "$lc_nonce" "$n" "$lc_status"
}

# What is left of the group of a command that was ended gets a second, and is ended.
lc_linger() {
  rm -f "$lc_dir/late.$lc_pid"
  kill -TERM "-$lc_pid" 2>/dev/null || return 0
  sleep 1
  kill -KILL "-$lc_pid" 2>/dev/null
}

# A read-only command: it must not fill the host with an endless output, so its files are limited (POSIX: units of
# 512 bytes). `exec`, so that the process that is watched is the command itself.
lc_ask() {
  lc_limit
  exec "$@"
}

# lc_ask_daemon PATH STATUS WORD...: a client of a daemon, which keeps PATH from its first start on; before that it has
# nothing to say, and the client, which would take longer than all else, would end with STATUS.
lc_ask_daemon() {
  [ -e "$1" ] || exit "$2"
  shift 2
  lc_ask "$@"
}

# The same for what only the shell itself knows, such as `command -v`.
lc_builtin() {
  lc_limit
  "$@"
}

# The same for what may start others, which are to be ended with it.
lc_ask_group() {
  lc_limit
  lc_exec "$@"
}

lc_limit() {
  ulimit -S -c 0 2>/dev/null
  ulimit -S -f "$lc_blocks" 2>/dev/null
}

# lc_exec WORD...: becomes the command. What is not there is left to the shell to say.
lc_exec() {
  [ -n "$lc_setsid" ] && command -v "$1" >/dev/null 2>&1 && exec setsid "$@"
  exec "$@"
}

# A file's content. What is no regular file could block (a pipe) or never end (a device).
lc_read() {
  if [ -e "$1" ] && [ ! -f "$1" ]; then
    echo "not a regular file" >&2
    exit 1
  fi
  lc_ask cat "$1"
}

# lc_send NAME...: the lengths of those files, then all their bytes.
lc_send() {
  cd "$lc_dir" || exit 1
  lc_said=1
  printf '%s sizes\n' "$lc_nonce"
  [ $# -eq 0 ] || wc -c "$@"
  printf '%s data\n' "$lc_nonce"
  [ $# -eq 0 ] || cat "$@"
  printf '\n'
  cd /
}

# lc_do NUMBER FUNCTION: one of several steps. After one that fails none is begun.
lc_do() {
  [ -z "$lc_stop" ] || return 0
  printf '%s step %s\n' "$lc_nonce" "$1"
  lc_stem=$lc_scripts-
  lc_run "$@"
  [ "$lc_status" = 0 ] || lc_stop=1
  if [ -s "$lc_dir/$lc_stem$1.o" ] || [ -s "$lc_dir/$lc_stem$1.e" ]; then
    tail -c "$lc_tail" "$lc_dir/$lc_stem$1.o" >"$lc_dir/$1.O"
    tail -c "$lc_tail" "$lc_dir/$lc_stem$1.e" >"$lc_dir/$1.E"
    lc_send "$1.O" "$1.E"
  else
    printf '%s silent\n' "$lc_nonce"
  fi
}

# lc_check NUMBER FUNCTION FOLDER COMMAND RUN: FUNCTION asks the guard that is kept in FOLDER, by its begin or own, whether steps
# may follow. It is on the way of every thing: where all is as it was a moment ago, no process is started for it.
lc_check() {
  if lc_settled "$3" "$4" "$5"; then
    printf '%s step %s\n%s done %s 0\n%s silent\n' "$lc_nonce" "$1" "$lc_nonce" "$1" "$lc_nonce"
  else
    lc_do "$1" "$2"
  fi
  [ "$4" != begin ] || [ -n "$lc_stop" ] || lc_undoable=1
}

# lc_settled FOLDER COMMAND RUN: whether begin or own would find all as it was a moment ago, and nothing to do. A boot between
# is seen by the shell, which is another one then.
lc_settled() {
  local now rest last pid one
  [ -r /proc/uptime ] && [ "$1/lock" -ef "$1/lock.$3" ] || return 1
  read -r now rest </proc/uptime
  now=${now%%.*}
  read -r one 2>/dev/null <"$1/lock.$3/shell" && [ "$one" = "$LINKCTL_SHELL" ] || return 1
  read -r last 2>/dev/null <"$1/lock.$3/alive" && lc_within 10 "$last" "$now" || return 1
  [ "$2" = begin ] || return 0
  read -r one 2>/dev/null <"$1/runs/$3/shell" && [ "$one" = "$LINKCTL_SHELL" ] || return 1
  read -r one 2>/dev/null <"$1/runs/$3/state" && [ "$one" = armed ] || return 1
  read -r pid last 2>/dev/null <"$1/runs/$3/alive" && lc_within 2 "$last" "$now" || return 1
  read -r pid rest 2>/dev/null <"$1/runs/$3/watcher" && kill -0 "$pid" 2>/dev/null
}

# lc_within SECONDS TIME NOW: whether it was less than so many seconds ago.
lc_within() {
  case $2 in
  '' | *[!0-9]*) return 1 ;;
  esac
  [ "$3" -ge "$2" ] && [ "$(($3 - $2))" -lt "$1" ]
}

# lc_succeed PID FOLDER WORD: ends the shell of a connection that was lost and waits until it is gone. A step that runs
# there comes to its end or its time limit, no other is begun.
lc_succeed() {
  [ -e "$2/$3" ] || exit 0
  kill "$1" 2>/dev/null
  while [ -e "$2/$3" ]; do
    kill -0 "$1" 2>/dev/null || rm -rf "$2"
    sleep 0.1 2>/dev/null || sleep 1
  done
}
