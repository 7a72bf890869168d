## send-by-nc ADDRESS PORT: nc(1) of FreeBSD ends when it has heard nothing for a second, or at once where nobody listens.
for _ in 1 2 3 4 5; do printf linkctl | nc -u -w 1 "$1" "$2" >/dev/null 2>&1; done
echo 5
