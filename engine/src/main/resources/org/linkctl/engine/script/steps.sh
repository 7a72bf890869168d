# What steps are made of. Each runs in a process of its own: `exit` ends the step, not the shell.

# The file that a step is about, its folder, the temporary file beside it, and the process that makes its content: not
# local, since traps go by them, which some shells carry out once the functions have ended.
lc_target='' lc_parent='' lc_t='' lc_maker=

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

# lc_forced_later PATH: whether it need not be forced to the disk now. Where the guard undoes a change at boot, it is whole
# again whatever of it was written when the host stopped, and before it is confirmed all is forced to the disk. Not what is
# read at boot before that, nor where sync(8) does not wait (FreeBSD).
lc_forced_later() {
  [ -n "$lc_undoable" ] && [ -e /etc/systemd/system/linkctl-guard.service ] || return 1
  ! command -v fsync >/dev/null 2>&1 || return 1
  case $1 in
  /etc/systemd/* | /etc/udev/* | /etc/netplan/* | /etc/fstab | /etc/crypttab) return 1 ;;
  esac
}

# lc_flush_folder: forces to the disk that what lc_parent holds has its name. What linkctl records of a host is to be there
# before what it records; of all else one sync at the end of a run does as much, but for FreeBSD's, which does not wait.
lc_flush_folder() {
  case ${lc_parent:-/} in
  /var/*) lc_forced_later "$lc_parent" || lc_flush "$lc_parent" ;;
  *) ! command -v fsync >/dev/null 2>&1 || fsync "${lc_parent:-/}" ;;
  esac
}

# lc_temporary PATH MODE: makes lc_t, empty, beside PATH, with MODE.
lc_temporary() {
  [ ! -d "$1" ] || lc_fail "$1: is a folder"
  lc_beside "$1"
  # mktemp(1) makes them so.
  [ "$2" = 0600 ] || chmod "$2" "$lc_t" || exit 1
}

# lc_beside PATH: makes lc_t, empty, beside PATH, and the folder that it lies in. By mktemp(1), whose names nobody can tell
# beforehand: the folder may be another user's, and `set -C` would open a pipe that waits there.
lc_beside() {
  lc_folder "$1"
  lc_t=$(mktemp "${lc_parent}/.linkctl.XXXXXXXXXX") || exit 1
  trap 'rm -f "$lc_t"' EXIT
  trap 'exit 143' HUP INT TERM PIPE
}

# lc_folder PATH: makes the folder that it lies in.
lc_folder() {
  lc_parent=${1%/*}
  # shellcheck disable=SC2174 # the folders above it are as the umask makes them
  [ -d "${lc_parent:-/}" ] || mkdir -p -m 0755 "$lc_parent" || exit 1
}

# lc_put PATH MODE FUNCTION NAME: the file's content is what the function prints. (A here-document or an argument would not
# carry every byte, and arguments of processes are seen by others.) It is written beside PATH first, to a file of a NAME that
# nobody can tell beforehand, since the folder may be another user's; it is opened once, and only where nothing has that name.
lc_put() {
  [ ! -d "$1" ] || lc_fail "$1: is a folder"
  lc_folder "$1"
  umask 077
  set -C
  exec 3>"$lc_parent/.linkctl.$4" || exit 1
  lc_t=$lc_parent/.linkctl.$4
  trap 'rm -f "$lc_t"' EXIT
  trap 'exit 143' HUP INT TERM PIPE
  [ "$2" = 0600 ] || chmod "$2" "$lc_t" || exit 1
  "$3" >&3 || lc_fail "$1: cannot be written"
  exec 3>&-
  lc_forced_later "$1" || lc_flush "$lc_t" || lc_fail "$1: cannot be written to the disk"
  mv -f "$lc_t" "$1" || exit 1
  trap - EXIT
  lc_flush_folder
}

# lc_remove PATH: removes a file, and with the last one the folders of linkctl's own that lc_folder made for it. What it
# keeps from one run to the next stays.
lc_remove() {
  rm -f "$1" || exit 1
  lc_parent=${1%/*}
  while :; do
    case $lc_parent in
    /var/* | /run/*) return 0 ;;
    */linkctl | */linkctl/*) rmdir "$lc_parent" 2>/dev/null || return 0 ;;
    *) return 0 ;;
    esac
    lc_parent=${lc_parent%/*}
  done
}

# lc_generate PATH MODE WORD...: as lc_put, from what a command prints. link(2) fails where the name is taken, so a
# file that is there is never replaced.
lc_generate() {
  [ ! -e "$1" ] && [ ! -L "$1" ] || { echo "$1: is there already, left as it is"; return 0; }
  lc_temporary "$1" "$2"
  lc_target=$1
  shift 2
  lc_exec "$@" </dev/null >"$lc_t" &
  lc_maker=$!
  trap 'lc_kill TERM "$lc_maker"; exit 143' HUP INT TERM PIPE
  wait "$lc_maker" || lc_fail "$lc_target: the command that makes it failed"
  [ -s "$lc_t" ] || lc_fail "$lc_target: the command that makes it printed nothing"
  lc_flush "$lc_t" || lc_fail "$lc_target: cannot be written to the disk"
  ln "$lc_t" "$lc_target" || exit 1
  rm -f "$lc_t"
  trap - EXIT
  lc_flush_folder
}

# lc_write PATH VALUE: one write(2) into a file of the kernel, which must be there.
lc_write() {
  [ -e "$1" ] || lc_fail "$1: no such file; is the kernel module loaded?"
  printf '%s\n' "$2" >"$1" || lc_fail "$1: the kernel did not take '$2'"
}

# A file that comes in parts: scripts add to PART, a file beside PATH, until it is whole.

# lc_receive PATH PART: begins.
lc_receive() {
  [ ! -d "$1" ] || lc_fail "$1: is a folder"
  lc_folder "$1"
  umask 077
  rm -f "$2" && : >"$2" || lc_fail "$2: cannot be written"
}

# lc_append PART FUNCTION: the function prints the next part, compressed and in base64.
lc_append() {
  [ -f "$1" ] || lc_fail "$1: is gone"
  "$2" | lc_decode | gzip -dc >>"$1" || lc_fail "$1: cannot be written"
}

# base64(1) is GNU's and busybox's; FreeBSD has had b64decode(1) for longer.
lc_decode() {
  if command -v base64 >/dev/null 2>&1; then
    base64 -d
  else
    b64decode -r
  fi
}

# lc_accept PATH PART MODE SHA256: puts it in place if it is what was sent.
lc_accept() {
  lc_t=$2
  trap 'rm -f "$lc_t"' EXIT
  trap 'exit 143' HUP INT TERM PIPE
  [ "$(lc_sha256 "$2")" = "$4" ] || lc_fail "$1: what arrived has not the SHA-256 $4"
  chmod "$3" "$2" || exit 1
  lc_flush "$2" || lc_fail "$1: cannot be written to the disk"
  [ ! -d "$1" ] || lc_fail "$1: is a folder"
  mv -f "$2" "$1" || exit 1
  trap - EXIT
  lc_parent=${1%/*}
  lc_flush_folder
}

# sha256sum(1) is GNU's and busybox's, sha256(1) FreeBSD's.
lc_sha256() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum <"$1" | cut -c 1-64
  else
    sha256 -q "$1"
  fi
}

# lc_link PATH TARGET: a symbolic link, by rename(2): there is no moment without it. mv -T is GNU's and busybox's, mv -h
# FreeBSD's.
lc_link() {
  [ -L "$1" ] || [ ! -d "$1" ] || lc_fail "$1: is a folder"
  lc_beside "$1"
  ln -sf "$2" "$lc_t" || exit 1
  mv -f -T "$lc_t" "$1" 2>/dev/null || mv -f -h "$lc_t" "$1" || exit 1
  trap - EXIT
  lc_flush_folder
}
