# Counts, in the tunnels' order, the answers in a row that speak against what is marked. A mark from before
# this start goes with the first answer.
counts=
for tunnel in $tunnels; do
    if [ -e "$dead/${tunnel%%/*}" ]; then counts="$counts $((limit - 1))"; else counts="$counts 0"; fi
done
