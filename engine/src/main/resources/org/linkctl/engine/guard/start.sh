#!/bin/sh
# Kept here by linkctl, which writes it anew where it differs. It undoes a change that nobody confirmed.
# usage: guard arm RUN PART SECONDS | begin RUN | alive RUN | confirm RUN | fire RUN WHY | revert OWNER RUN WHY
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
# Tried out elsewhere than on a host, units lie in a folder of their own, and neither systemd nor the network is touched,
# unless that is to be tried.
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

# put FILE TEXT: whole or not at all. A sign of life comes beside a step that begins, and both may write one file.
put() {
  printf '%s\n' "$2" >"$1.$$.new" && mv -f "$1.$$.new" "$1" && durable "$1"
}

# get FILE: its text, without a process for it: begin, on whose way every resource is, asks a lot. Not for files of the
# kernel: many are to be read in one go.
get() {
  [ -e "$1" ] || return 1
  while IFS= read -r got || [ -n "$got" ]; do
    printf '%s\n' "$got"
  done 2>/dev/null <"$1"
}

# keep FILE TEXT: puts it there unless it says that already.
keep() {
  [ "$(get "$1")" = "$2" ] || put "$1" "$2"
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
