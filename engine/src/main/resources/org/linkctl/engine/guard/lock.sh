# ---- One run at a time

# lock RUN WHO: taken where nobody has it, or nobody is left who had it, or nobody was heard of who has it. The lock is a
# link, made and moved in one go, to a folder that says whose it is. It prints the run that was here last, with its state;
# then of whom it was taken, if his shell was there still.
lock() {
  local mine theirs one taken latest
  mine=lock.$1 taken=
  if one=$(waiting) && [ "$one" != "$1" ]; then
    refuse "$1" "a change of run $one that nobody confirmed is about to be undone"
  fi
  mkdir -p "$guard_home/$mine"
  note "$guard_home/$mine/who" "$2"
  note "$guard_home/$mine/run" "$1"
  note "$guard_home/$mine/alive" "$(running)"
  note "$guard_home/$mine/shell" "${LINKCTL_SHELL:-}"
  until ln -sn "$mine" "$guard_lock" 2>/dev/null; do
    theirs=$(readlink "$guard_lock") || continue
    [ "$theirs" != "$mine" ] || break
    if owned "$guard_lock"; then
      taken=$(outlast "$guard_lock") || refuse "$1" "$taken"
    fi
    mv "$guard_lock" "$guard_lock.left.$$" 2>/dev/null || continue
    if [ "$(readlink "$guard_lock.left.$$")" = "$theirs" ]; then
      drop "$theirs"
      rm -f "$guard_lock.left.$$"
    else
      mv "$guard_lock.left.$$" "$guard_lock"
    fi
  done
  tidy "$1"
  closed "$guard_home/runs" "$guard_home/owned"
  # By this whoever planned before sees whether another run was here since.
  last_run
  latest=$guard_last
  printf '%s\n' "${latest:+$latest $(state "$latest")}"
  [ -z "$taken" ] || printf '%s\n' "$taken"
}

# outlast FOLDER: ends the shell that has this lock, where nobody was heard of who uses it, and prints whose it was; fails,
# and prints who has it, where somebody was. A step that it carries out is waited for: two are not at work here at once.
outlast() {
  local who quiet pid mark _turn
  who=$(get "$1/who")
  if ! quiet=$(silence "$1") || [ "$quiet" -lt "$guard_patience" ]; then
    printf '%s\n' "$who"
    return 1
  fi
  who="$who, silent for $quiet s"
  read -r pid mark <"$1/shell" && kill "$pid" 2>/dev/null
  for _turn in 1 2 3; do
    if ! owned "$1"; then
      printf '%s\n' "$who"
      return 0
    fi
    sleep 1
  done
  printf '%s\n' "$who, with a step that has not ended yet"
  return 1
}

# silence FOLDER: for how many seconds nobody has renewed this lock; fails where that is not known.
silence() {
  local last
  last=$(get "$1/alive")
  [ -n "$last" ] && printf '%s\n' "$(($(running) - last))"
}

# tidy RUN: once the lock is this run's. What a crash left half made: runs whose guard was not armed yet, so that nothing
# was done in them; locks of shells that are gone; files that were about to be put in place.
tidy() {
  local one
  for one in "$guard_home"/runs/*; do
    [ -d "$one" ] && [ "${one##*/}" != "$1" ] || continue
    cleared "$one"
    case $(get "$one/state") in
    '') rm -rf "$one" ;;
    armed) [ "$(get "$guard_home/armed")" = "${one##*/}" ] || rm -rf "$one" ;;
    esac
  done
  for one in "$guard_home"/lock.*; do
    case $one in
    "$guard_home/lock.$1") ;;
    "$guard_home"/lock.left.*) kill -0 "${one##*.}" 2>/dev/null || rm -f "$one" ;;
    # One that was made just now may belong to somebody who is about to find this lock taken.
    *) owned "$one" || [ ! -e "$one/shell" ] && [ -z "$(find "$one" -prune -mmin +1 2>/dev/null)" ] || rm -rf "$one" ;;
    esac
  done
  cleared "$guard_home" "$guard_unit" "$guard_script"
  # Files are put here by others, too, who wait for the lock: of theirs only what is from before this boot, which made
  # /dev/null, or no longer new.
  find "$guard_home" -name '.linkctl.??????????' \( ! -newer /dev/null -o -mmin +1 \) -exec rm -f {} +
}

# cleared FOLDER [FILE...]: without what was about to be put there.
cleared() {
  local one
  one=$1
  shift
  for one in "$one"/*.new ${1+"$1".*new} ${2+"$2".*new}; do
    [ ! -e "$one" ] || rm -f "$one"
  done
}

# refuse RUN TEXT: the lock is not this run's, and the text says why.
refuse() {
  drop "lock.$1"
  printf '%s\n' "$2"
  exit 75
}

# owned FOLDER: whether the shell that has this lock is there.
owned() {
  local pid mark
  read -r pid mark 2>/dev/null <"$1/shell" || return 1
  [ -n "$mark" ] && [ -e "$mark" ] && kill -0 "$pid" 2>/dev/null
}

unlock() { # RUN [changed]
  closed "$guard_home/owned"
  # Names of files that steps put in place, unless confirm does it.
  [ -z "${2:-}" ] || sync
  [ "$(get "$guard_lock/run")" = "$1" ] || return 0
  rm -f "$guard_lock"
  drop "lock.$1"
}

# drop NAME: takes a lock's folder away, by another name first. Whoever is about to put a sign of life into it finds it gone;
# else a file that comes while the others go would keep the folder.
drop() {
  [ ! -e "$guard_home/$1.gone" ] || rm -rf "${guard_home:?}/$1.gone"
  mv "$guard_home/$1" "$guard_home/$1.gone" 2>/dev/null && rm -rf "${guard_home:?}/$1.gone" || :
}
