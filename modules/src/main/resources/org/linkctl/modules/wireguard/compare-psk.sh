## compare-psk INTERFACE FILE: is the pre-shared key of each peer the one of the file? No key is printed, and only the shell's
## own words see them, so they are in no process list either.
file=; test ! -r "$2" || read -r file < "$2"; wg show "$1" preshared-keys | while read -r peer key; do case "$key" in '(none)') echo "$peer none";; "$file") echo "$peer file";; *) echo "$peer other";; esac; done
