#!/bin/sh
# Kept here by linkctl, which writes it anew where it differs. It undoes a change that nobody confirmed.
# usage: guard arm RUN PART SECONDS | begin RUN | alive RUN | confirm RUN | fire RUN WHY | revert OWNER RUN WHY
#        guard lock RUN WHO | own RUN | unlock RUN [changed] | told RUN | status | watch RUN | boot
#
# runs/RUN/ holds a run: state (armed, confirmed, undoing, undone), undo.PART (calls of file, value and run below, the
# last step first; each of them does nothing where nothing was done), saved.PART/ (what stood there before), and why.
#
# This is one program in several parts, with one space of names for all. A variable that a function assigns is `local`
# there, declared by its name alone (some shells split what follows a =). All others begin with guard_; each is given a
# value at the left margin of one part, and only the functions of that part assign it.
set -u
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
umask 077
case $0 in
/*) guard_me=$0 ;;
*) guard_me=$PWD/$0 ;;
esac
guard_home=${guard_me%/*}
# Tried out elsewhere than on a host, units lie in a folder of their own, and neither systemd nor the network is touched,
# unless that is to be tried.
guard_tried=${LINKCTL_GUARD_UNITS:-}
guard_unit=${guard_tried:-/etc/systemd/system}/linkctl-guard.service
guard_wants=${guard_unit%/*}/sysinit.target.wants/linkctl-guard.service
guard_script=${guard_tried:-/usr/local/etc/rc.d}/linkctl_guard
guard_lock=$guard_home/lock
# So many seconds after its owner's last sign of life a lock is anybody's: sshd keeps the shell of a machine that was
# switched off until TCP gives up, which may take hours.
guard_patience=180

# status: RUN STATE TOLD WHY and what its about says, a line each, with tabs between; the last that was armed here first.
# Each plan asks for it: there is no process for it, and the rest of this file is not read.
status() {
  local folder number armed one best
  armed=''
  read -r armed 2>/dev/null <"$guard_home/armed"
  set --
  for folder in "$guard_home"/runs/*; do
    [ -d "$folder" ] || continue
    number=0
    read -r number 2>/dev/null <"$folder/number"
    # Those of an earlier linkctl have none.
    case $number in '' | *[!0-9]*) number=0 ;; esac
    set -- "$number ${folder##*/}" "$@"
  done
  while [ $# -gt 0 ]; do
    best=$1
    for one; do
      [ "${one%% *}" -le "${best%% *}" ] || best=$one
    done
    summary "${best#* }" "$armed"
    for one; do
      shift
      [ "$one" = "$best" ] || set -- "$@" "$one"
    done
  done
}

# summary RUN ARMED: its line, where ARMED is the run that is not over.
summary() {
  local folder state told why
  folder=$guard_home/runs/$1 state='' told='' why=''
  read -r state 2>/dev/null <"$folder/state"
  # As state does.
  [ "$state" != undoing ] || [ "$2" = "$1" ] || state=undone
  [ ! -e "$folder/told" ] || told=told
  read -r why 2>/dev/null <"$folder/why"
  printf '%s\t%s\t%s\t%s\t' "$1" "$state" "$told" "$why"
  tabbed "$folder/about"
  printf '\n'
}

# tabbed FILE: its lines with a tab after each.
tabbed() {
  local line
  [ -e "$1" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    printf '%s\t' "$line"
  done <"$1"
}

case ${1:-status} in
status)
  status
  exit 0
  ;;
esac

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

# FreeBSD's sync(8) returns before all is on the disk, its name and folder least of all; fsync(1) does not.
durable() {
  ! command -v fsync >/dev/null 2>&1 || [ -L "$1" ] || fsync "$1"
}

# put FILE TEXT: whole or not at all. A sign of life comes beside a step that begins, and both may write one file.
put() {
  printf '%s\n' "$2" >"$1.$$.new" && mv -f "$1.$$.new" "$1" && durable "$1"
}

# note FILE TEXT: as put; without a process where the file is not there yet, in a folder of this run's that is in no use yet.
note() {
  if [ -e "$1" ]; then
    put "$1" "$2"
  else
    printf '%s\n' "$2" >"$1" && durable "$1"
  fi
}

# get FILE: its text, without a process for it: begin, on whose way every resource is, asks a lot. Not for files of the
# kernel: many are to be read in one go.
get() {
  local line
  [ -e "$1" ] || return 1
  while IFS= read -r line || [ -n "$line" ]; do
    printf '%s\n' "$line"
  done 2>/dev/null <"$1"
}

# keep FILE TEXT: puts it there unless it says that already.
keep() {
  [ "$(get "$1")" = "$2" ] || put "$1" "$2"
}

# Seconds since the kernel began, which nobody sets (proc(5)); FreeBSD moves kern.boottime where the clock is set.
running() {
  local seconds rest
  if [ -r /proc/uptime ]; then
    read -r seconds rest </proc/uptime
    printf '%s\n' "${seconds%%.*}"
  else
    printf '%s\n' $(($(date +%s) - $(sysctl -n kern.boottime | sed 's/[^0-9]*\([0-9]*\).*/\1/')))
  fi
}

state() {
  local now
  now=$(get "$guard_home/runs/$1/state")
  # The last word was lost: all was undone before the host was free.
  [ "$now" != undoing ] || [ "$(get "$guard_home/armed")" = "$1" ] || now=undone
  printf '%s\n' "$now"
}
