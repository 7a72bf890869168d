# ---- What the lists of undoing call. The phase says what is to be done now: save, files, live, absent, boot, seek.

# The folder of the run that all below is about, the part of it whose list is carried out, and the phase.
guard_run='' guard_part='' guard_phase=
# A file that is looked for in other parts' lists.
guard_sought=

# about RUN: all below is about this run from now on.
about() {
  guard_run=$guard_home/runs/$1
}

# carry PHASE PART: carries out the list of that part.
carry() {
  guard_phase=$1 guard_part=$2
  # shellcheck source=/dev/null # it is written for each run
  . "$guard_run/undo.$2"
}

# file STEP PATH
file() {
  local saved
  saved=$guard_run/saved.$guard_part/$1
  case $guard_phase in
  seek) [ "$2" != "$guard_sought" ] || exit 0 ;;
  save)
    if [ "$guard_part" -gt 1 ] && earlier "$2"; then
      : # What stood there before the run is saved with that part, and only that comes back.
    elif [ -e "$2" ] || [ -L "$2" ]; then
      cp -pP "$2" "$saved" && durable "$saved" || fail "$2: cannot be saved"
    else
      folders "${2%/*}" >"$saved.absent"
      durable "$saved.absent"
    fi
    ;;
  files)
    # What a step that a crash cut short was about to put there.
    rm -f "${2%/*}"/.linkctl.??????????
    # First what was there: a service that is stopped below may need its former file.
    [ -e "$saved" ] || [ -L "$saved" ] || return 0
    ! same "$saved" "$2" || return 0
    aside "$1" "$2"
    # mv(1) would move it into a folder.
    [ ! -d "$2" ] && folder "${2%/*}" && cp -pP "$saved" "$2.linkctl-undo" && mv -f "$2.linkctl-undo" "$2" && durable "$2" || {
      rm -f "$2.linkctl-undo"
      missed "$2"
    }
    ;;
  absent)
    [ -e "$saved.absent" ] || return 0
    aside "$1" "$2"
    rm -f "$2" || missed "$2"
    # Folders that were made for it go with the last file in them.
    unfold "$saved.absent"
    ;;
  esac
}

# earlier PATH: whether an earlier part of this run has a step for that file.
earlier() (
  local part last
  guard_sought=$1 last=$guard_part part=1
  while [ "$part" -lt "$last" ]; do
    [ ! -d "$guard_run/saved.$part" ] || carry seek "$part"
    part=$((part + 1))
  done
  exit 1
)

# aside STEP PATH: what a rollback replaces or removes stays with the run. Somebody may have changed it since.
aside() {
  [ -e "$guard_run/reverted" ] && [ -f "$2" ] || return 0
  mkdir -p "$guard_run/replaced.$guard_part" && cp -pP "$2" "$guard_run/replaced.$guard_part/$1"
}

# same FILE OTHER: whether they agree in kind, mode, owner, and in content or where they lead.
same() {
  [ "$(described "$1")" = "$(described "$2")" ] || return 1
  if [ -L "$1" ]; then
    [ "$(readlink "$1")" = "$(readlink "$2")" ]
  else
    cmp -s "$1" "$2"
  fi
}

described() {
  ls -lnd "$1" 2>/dev/null | awk 'NR == 1 { print substr($1, 1, 10), $3, $4 }'
}

# folders PATH: this folder and those it lies in, as far as they are not there yet, the innermost first.
folders() {
  local at
  at=$1
  while [ -n "$at" ] && [ ! -d "$at" ]; do
    printf '%s\n' "$at"
    at=${at%/*}
  done
}

# unfold LIST: folders that are empty go, the innermost first.
unfold() {
  local made
  [ -e "$1" ] || return 0
  while IFS= read -r made; do
    rmdir "$made" 2>/dev/null
  done <"$1"
}

# folder PATH: makes it where it is not there, for all to read, and those it lies in (mkdir -m is about the last alone).
folder() (
  umask 022
  mkdir -p "${1:-/}"
)

# value STEP PATH: a file of the kernel.
value() {
  local saved
  saved=$guard_run/saved.$guard_part/$1
  case $guard_phase in
  save) cat "$2" >"$saved" 2>/dev/null || : ;;
  live)
    [ -s "$saved" ] && [ -e "$2" ] || return 0
    [ "$(cat "$2")" = "$(cat "$saved")" ] || cat "$saved" >"$2" || missed "$2"
    ;;
  esac
}

# run STEP WORD...: a program of the host, though a function here may have its name. Most that fails has nothing to undo any
# more; what cannot be undone says so with status 75, and is named by its last word.
run() {
  local word
  shift
  case $guard_phase in
  live)
    command "$@" >/dev/null 2>&1 && return 0
    [ $? = 75 ] || return 0
    for word; do :; done
    missed "$word"
    ;;
  boot) enabling "$@" >/dev/null 2>&1 ;;
  esac
}

# At boot nothing of the kernel's state is left to undo, but what is started is not to be what was undone, and files keep
# their modes and owners.
enabling() {
  local verb now service
  case $1 in
  sysrc | chmod | chown) command "$@" ;;
  esac
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
  printf '%s\n' "$1" >>"$guard_run/missed"
}
