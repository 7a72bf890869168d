# Checks the commands of a file, and changes nothing: fails where FRR does not understand one of them. What it says of a
# command may hold others' passwords, known words before them or not: a secret is a command's last word.
# sh -c PROGRAM sh VTYSH FILE
said=$("$1" -C -f "$2" 2>&1) || status=$?
# vtysh's own file may be missing: FreeBSD's package has none before its first start.
said=$(printf '%s\n' "$said" | grep -v "^% Can't open configuration file .*/vtysh\.conf ")
case $said in
  *%*) status=1 ;;
esac
[ "${status:-0}" -eq 0 ] || printf '%s\n' "$said" | sed -E -e @MASK@ -e 's/(% [^:]*:.* )[^ ]+ *$/\1***/' >&2
exit "${status:-0}"
