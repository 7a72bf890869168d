# ---- One run at a time

# lock RUN WHO: taken where nobody has it, or nobody is left who had it, or nobody was heard of who has it. The lock is a
# link, made and moved in one go, to a folder that says whose it is. It prints the run that was here last, with its state;
# then of whom it was taken, if his shell was there still.
lock() {
  mine=lock.$1 taken=
  if waiting && [ "$one" != "$1" ]; then
    refuse "a change of run $one that nobody confirmed is about to be undone"
  fi
  mkdir -p "$home/$mine"
  put "$home/$mine/who" "$2"
  put "$home/$mine/run" "$1"
  renew "$1"
  put "$home/$mine/shell" "${LINKCTL_SHELL:-}"
  until ln -sn "$mine" "$lock" 2>/dev/null; do
    theirs=$(readlink "$lock") || continue
    [ "$theirs" != "$mine" ] || break
    ! owned "$lock" || outlast "$lock"
    mv "$lock" "$lock.left.$$" 2>/dev/null || continue
    if [ "$(readlink "$lock.left.$$")" = "$theirs" ]; then
      rm -rf "${home:?}/$theirs"
      rm -f "$lock.left.$$"
    else
      mv "$lock.left.$$" "$lock"
    fi
  done
  tidy "$1"
  closed "$home/runs" "$home/owned"
  # By this whoever planned before sees whether another run was here since.
  latest=$(newest | sed -n '1s/^[0-9]* //p')
  printf '%s\n' "${latest:+$latest $(state "$latest")}"
  [ -z "$taken" ] || printf '%s\n' "$taken"
}

# outlast FOLDER: ends the shell that has this lock, where nobody was heard of who uses it. A step that it carries out is
# waited for: two are not at work here at once.
outlast() {
  theirs_who=$(get "$1/who")
  silent "$1" || refuse "$theirs_who"
  taken="$theirs_who, silent for $quiet s"
  read -r pid mark <"$1/shell" && kill "$pid" 2>/dev/null
  for turn in 1 2 3; do
    owned "$1" || return 0
    sleep 1
  done
  refuse "$taken, with a step that has not ended yet"
}

# silent FOLDER: whether nobody has renewed this lock for too long; for how long.
silent() {
  last=$(get "$1/alive")
  [ -n "$last" ] || return 1
  quiet=$(($(running) - last))
  [ "$quiet" -ge "$patience" ]
}

# tidy RUN: once the lock is this run's. What a crash left half made: runs whose guard was not armed yet, so that nothing
# was done in them; locks of shells that are gone; files that were about to be put in place.
tidy() {
  for one in "$home"/runs/*; do
    [ -d "$one" ] && [ "${one##*/}" != "$1" ] || continue
    rm -f "$one"/*.new
    case $(get "$one/state") in
    '') rm -rf "$one" ;;
    armed) [ "$(get "$home/armed")" = "${one##*/}" ] || rm -rf "$one" ;;
    esac
  done
  for one in "$home"/lock.*; do
    case $one in
    "$home/$mine") ;;
    "$home"/lock.left.*) kill -0 "${one##*.}" 2>/dev/null || rm -f "$one" ;;
    # One that was made just now may belong to somebody who is about to find this lock taken.
    *) owned "$one" || [ ! -e "$one/shell" ] && [ -z "$(find "$one" -prune -mmin +1 2>/dev/null)" ] || rm -rf "$one" ;;
    esac
  done
  rm -f "$home"/*.new "$unit".*new "$script".*new
  # Files are put here by others, too, who wait for the lock: of theirs only what is from before this boot, which made
  # /dev/null, or no longer new.
  find "$home" -name '.linkctl.??????????' \( ! -newer /dev/null -o -mmin +1 \) -exec rm -f {} +
}

refuse() {
  rm -rf "${home:?}/$mine"
  printf '%s\n' "$1"
  exit 75
}

# owned FOLDER: whether the shell that has this lock is there.
owned() {
  read -r pid mark 2>/dev/null <"$1/shell" || return 1
  [ -n "$mark" ] && [ -e "$mark" ] && kill -0 "$pid" 2>/dev/null
}

unlock() {
  closed "$home/owned"
  [ "$(get "$lock/run")" = "$1" ] || return 0
  rm -f "$lock"
  rm -rf "${home:?}/lock.$1"
}
