# Starts single daemons of FRR that runs, without the others: as its own watchfrr does, by a script whose folder the
# distributions choose.
# sh -c PROGRAM sh VERB DAEMON...
verb=$1
shift
for folder in /usr/lib/frr /usr/libexec/frr; do
  [ -x "$folder/watchfrr.sh" ] || continue
  for daemon; do
    "$folder/watchfrr.sh" "$verb" "$daemon" || exit
  done
  exit 0
done
echo 'watchfrr.sh is neither in /usr/lib/frr nor in /usr/libexec/frr' >&2
exit 1
