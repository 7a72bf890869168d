# ---- Undoing

parts() {
  ls "$run" | sed -n 's/^saved\.//p' | sort "$@"
}

# each PHASE: the lists of the parts that were armed, the last part first.
each() {
  phase=$1
  for part in $(parts -rn); do
    . "$run/undo.$part"
  done
}

undo() {
  run=$home/runs/$1
  mkdir "$run/undoing" 2>/dev/null || return 0
  put "$run/why" "$2"
  put "$run/state" undoing
  shell_end
  each files
  each live
  each absent
  reread
  network_restore
  routes_again
  undone
}

# Whoever sees that it is undone finds the host free: that is said last.
undone() {
  [ ! -s "$run/missed" ] || put "$run/why" "$(cat "$run/why"); not undone: $(tr '\n' ' ' <"$run/missed")"
  rm -f "$run"/*.new
  sync
  # As long as it is armed nobody else takes the lock; once it is not, it counts as undone.
  unlock "${run##*/}"
  disarm
  put "$run/state" undone
  sync
  old
}

# Whatever reads files is told that they changed back.
reread() {
  [ -z "$tried" ] && command -v systemctl >/dev/null 2>&1 || return 0
  systemctl daemon-reload >/dev/null 2>&1
  if command -v networkctl >/dev/null 2>&1 && systemctl -q is-active systemd-networkd.service 2>/dev/null; then
    cat "$run"/undo.* 2>/dev/null | grep -q "/etc/systemd/network/" && networkctl reload >/dev/null 2>&1 && sleep 2
  fi
}

# The shell that carries out the steps comes to its end first, with the step that runs.
shell_end() {
  read -r pid mark 2>/dev/null <"$run/shell" || return 0
  [ -n "$mark" ] && [ -e "$mark" ] && kill "$pid" 2>/dev/null || return 0
  turns=0
  while [ -e "$mark" ] && kill -0 "$pid" 2>/dev/null; do
    sleep 1
    turns=$((turns + 1))
    [ "$turns" -ge 30 ] || continue
    # A step that hangs: it and its shell are ended by force.
    read -r step polls <"${mark%/*}/now" && [ -n "$step" ] && { kill -9 "-$step" || kill -9 "$step"; }
    kill -9 "$pid"
  done 2>/dev/null
}
