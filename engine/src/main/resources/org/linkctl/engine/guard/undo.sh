# ---- Undoing

# each PHASE: the lists of the parts that were armed, the last part first.
each() {
  local part
  for part in $(ls "$guard_run" | sed -n 's/^saved\.//p' | sort -rn); do
    carry "$1" "$part"
  done
}

undo() {
  about "$1"
  mkdir "$guard_run/undoing" 2>/dev/null || return 0
  put "$guard_run/why" "$2"
  put "$guard_run/state" undoing
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
  [ ! -s "$guard_run/missed" ] || put "$guard_run/why" "$(cat "$guard_run/why"); not undone: $(tr '\n' ' ' <"$guard_run/missed")"
  rm -f "$guard_run"/*.new
  sync
  # As long as it is armed nobody else takes the lock; once it is not, it counts as undone.
  unlock "${guard_run##*/}"
  disarm
  put "$guard_run/state" undone
  sync
  old
}

# Whatever reads files is told that they changed back.
reread() {
  [ -z "$guard_tried" ] && command -v systemctl >/dev/null 2>&1 || return 0
  if changed_back /etc/netplan/; then
    netplan_again
  else
    systemctl daemon-reload >/dev/null 2>&1
  fi
  if command -v networkctl >/dev/null 2>&1 && systemctl -q is-active systemd-networkd.service 2>/dev/null; then
    changed_back /etc/systemd/network/ /etc/netplan/ && networkctl reload >/dev/null 2>&1 && sleep 2
  fi
}

# changed_back FOLDER...: whether any file in one of them was put back, or taken away.
changed_back() {
  local folder
  for folder; do
    ! cat "$guard_run"/undo.* 2>/dev/null | grep -qF "$folder" || return 0
  done
  return 1
}

# netplan writes all its files anew, as its generator does at each reload of systemd. What has the same text is to be the
# same file as the one that networkd has read, kept by a second name: of one that changed it sets up all interfaces again.
netplan_again() {
  local file new
  netplan generate >/dev/null 2>&1
  systemctl daemon-reload >/dev/null 2>&1
  for file in /run/linkctl-netplan/*; do
    new=/run/systemd/network/${file##*/}
    ! cmp -s "$file" "$new" || ln -f "$file" "$new"
  done 2>/dev/null
}

# The shell that carries out the steps comes to its end first, with the step that runs.
shell_end() {
  local pid mark turns step _polls
  read -r pid mark 2>/dev/null <"$guard_run/shell" || return 0
  [ -n "$mark" ] && [ -e "$mark" ] && kill "$pid" 2>/dev/null || return 0
  turns=0
  while [ -e "$mark" ] && kill -0 "$pid" 2>/dev/null; do
    sleep 1
    turns=$((turns + 1))
    [ "$turns" -ge 30 ] || continue
    # A step that hangs: it and its shell are ended by force.
    read -r step _polls <"${mark%/*}/now" && [ -n "$step" ] && { kill -9 "-$step" || kill -9 "$step"; }
    kill -9 "$pid"
  done 2>/dev/null
}
