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

# lc_temporary PATH MODE: makes lc_t, empty, beside PATH, with MODE.
lc_temporary() {
  lc_parent=${1%/*}
  # shellcheck disable=SC2174 # the folders above it are as the umask makes them
  [ -d "${lc_parent:-/}" ] || mkdir -p -m 0755 "$lc_parent" || exit 1
  [ ! -d "$1" ] || lc_fail "$1: is a folder"
  lc_t=$(mktemp "${lc_parent}/.linkctl.XXXXXXXXXX") || exit 1
  trap 'rm -f "$lc_t"' EXIT
  trap 'exit 143' HUP INT TERM PIPE
  chmod "$2" "$lc_t" || exit 1
}

# lc_put PATH MODE FUNCTION: the file's content is what the function prints. (A here-document or an argument would not
# carry every byte, and arguments of processes are seen by others.)
lc_put() {
  lc_temporary "$1" "$2"
  "$3" >"$lc_t" || lc_fail "$1: cannot be written"
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
  lc_exec "$@" </dev/null >"$lc_t" &
  lc_maker=$!
  trap 'lc_kill TERM "$lc_maker"; exit 143' HUP INT TERM PIPE
  wait "$lc_maker" || lc_fail "$lc_target: the command that makes it failed"
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
