## removes-none NAME...: what conflicts with a package pkg-install(8) removes unasked: it is tried first, and refused then.
said=$(ASSUME_ALWAYS_YES=yes pkg install -n "$@" 2>&1)
case $said in
*'to be REMOVED'*)
  printf '%s\n' "$said" >&2
  exit 1
  ;;
esac
