# status: RUN STATE ENDED TOLD, one line each, then why, who and what.
status() {
  local number one folder
  newest | while read -r number one; do
    folder=$guard_home/runs/$one
    printf '%s\t%s\t%s\t%s\t%s\n' "$one" "$(state "$one")" "$([ -e "$folder/told" ] && echo told)" \
      "$(get "$folder/why")" "$(get "$folder/about" | tr '\n' '\t')"
  done
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
