# Whom the connection was made as, before sudo or doas: the name, the number and the groups of that user.
name=${SUDO_USER:-${DOAS_USER:-$(id -un)}}; echo "$name"; id -u "$name"; id -Gn "$name"
