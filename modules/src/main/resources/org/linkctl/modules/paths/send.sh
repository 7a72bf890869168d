## send ADDRESS PORT: run by bash(1), for /dev/udp (REDIRECTION). A write fails where the answer to the one before was that nobody listens: that one
## is not sent. Prints how many were sent. A tenth of a second lies between two, so that no queue on the way has to hold five.
sent=0
# shellcheck disable=SC3025
exec 3<>"/dev/udp/$1/$2" || exit 1
for _ in 1 2 3 4 5; do
  if printf linkctl >&3; then sent=$((sent + 1)); fi
  sleep 0.1
done 2>/dev/null
echo "$sent"
