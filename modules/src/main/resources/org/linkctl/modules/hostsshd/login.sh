# Whom the connection was made as, before sudo or doas, and the groups of that user.
name=${SUDO_USER:-${DOAS_USER:-$(id -un)}}
echo "$name"
id -Gn "$name"
