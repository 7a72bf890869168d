# status: RUN STATE ENDED TOLD, one line each, then why, who and what.
status() {
  newest | while read -r number one; do
    run=$home/runs/$one
    printf '%s\t%s\t%s\t%s\t%s\n' "$one" "$(state "$one")" "$([ -e "$run/told" ] && echo told)" \
      "$(get "$run/why")" "$(get "$run/about" | tr '\n' '\t')"
  done
}

told() {
  : >"$home/runs/$1/told"
}

command=${1:-status}
[ $# -eq 0 ] || shift
case $command in
arm | begin | alive | confirm | fire | revert | lock | own | unlock | status | told | watch | boot) "$command" "$@" ;;
*) fail "guard: $command?" ;;
esac
