# Prints, for each path: a letter (f: a file, a: there is none, o: another program has to look); then the sizes of the
# files, all their bytes, and the sizes once more, so that whoever reads it sees whether one of them changed meanwhile.
# Whether a folder may not be looked into, or a link leads nowhere, is left to cat(1) to say.
kinds=
count=$#
for path do
  folder=${path%/*}
  folder=${folder:-/}
  if [ -f "$path" ] && [ -r "$path" ]; then
    kinds=${kinds}f
    set -- "$@" "$path"
  elif [ ! -e "$path" ] && [ ! -L "$path" ] && { [ -x "$folder" ] || [ ! -e "$folder" ]; }; then
    kinds=${kinds}a
  else
    kinds=${kinds}o
  fi
done
shift "$count"
printf '%s\n' "$kinds"
[ $# -gt 0 ] || exit 0
wc -c "$@" && cat "$@" && wc -c "$@"
