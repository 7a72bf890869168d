# ---- What the lists of undoing call. The phase says what is to be done now.

# file STEP PATH
file() {
  saved=$run/saved.$part/$1
  case $phase in
  save)
    if [ -e "$2" ] || [ -L "$2" ]; then
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
    # Folders that were made for it go with the last file in them.
    while read -r made; do
      rmdir "$made" 2>/dev/null
    done <"$saved.absent"
    ;;
  esac
}

# folders PATH: this folder and those it lies in, as far as they are not there yet, the innermost first.
folders() {
  folder=$1
  while [ -n "$folder" ] && [ ! -d "$folder" ]; do
    printf '%s\n' "$folder"
    folder=${folder%/*}
  done
}

# value STEP PATH: a file of the kernel.
value() {
  saved=$run/saved.$part/$1
  case $phase in
  save) cat "$2" >"$saved" 2>/dev/null || : ;;
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
