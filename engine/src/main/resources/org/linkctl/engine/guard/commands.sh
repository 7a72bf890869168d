told() {
  : >"$guard_home/runs/$1/told"
}

guard_command=$1
shift
case $guard_command in
arm | begin | alive | confirm | fire | revert | lock | own | unlock | told | watch | boot) "$guard_command" "$@" ;;
*) fail "guard: $guard_command?" ;;
esac
