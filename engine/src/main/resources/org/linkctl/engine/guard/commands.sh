# status: RUN STATE ENDED TOLD, one line each, then why, who and what.
# Each plan asks for it: no process for a run.
status() {
  local folder number armed state told why
  armed='' number=''
  read -r armed 2>/dev/null <"$guard_home/armed"
  for folder in "$guard_home"/runs/*; do
    [ -d "$folder" ] || continue
    number=0 state='' told='' why=''
    read -r number 2>/dev/null <"$folder/number"
    read -r state 2>/dev/null <"$folder/state"
    # As state does.
    [ "$state" != undoing ] || [ "$armed" = "${folder##*/}" ] || state=undone
    [ ! -e "$folder/told" ] || told=told
    read -r why 2>/dev/null <"$folder/why"
    printf '%s %s\t%s\t%s\t%s\t' "${number:-0}" "${folder##*/}" "$state" "$told" "$why"
    tabbed "$folder/about"
    printf '\n'
  done | sort -k 1,1nr -k 2,2r | sed 's/^[0-9]* //'
}

# tabbed FILE: its lines with a tab after each.
tabbed() {
  local line
  [ -e "$1" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    printf '%s\t' "$line"
  done <"$1"
}

told() {
  : >"$guard_home/runs/$1/told"
}

guard_command=${1:-status}
[ $# -eq 0 ] || shift
case $guard_command in
arm | begin | alive | confirm | fire | revert | lock | own | unlock | status | told | watch | boot) "$guard_command" "$@" ;;
*) fail "guard: $guard_command?" ;;
esac
