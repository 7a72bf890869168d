# Checks the commands of a file, and changes nothing: fails where FRR does not understand one of them.
# sh -c PROGRAM sh VTYSH FILE
said=$("$1" -C -f "$2" 2>&1) || status=$?
case $said in
  *%*) status=1 ;;
esac
[ "${status:-0}" -eq 0 ] || printf '%s\n' "$said" >&2
exit "${status:-0}"
