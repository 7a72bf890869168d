## as-user USER WORD...: chroot(8) of FreeBSD gives rights up as words; its su(1) would have a login shell read them.
user=$1
shift
group=$(id -g "$user") || exit 1
exec chroot -u "$user" -g "$group" -G "$group" / "$@"
