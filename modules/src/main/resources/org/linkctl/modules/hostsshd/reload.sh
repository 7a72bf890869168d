# Has sshd read its configuration again, which has to be right, and waits until it has.
# usage: reload FILE, one that was written before
/usr/sbin/sshd -t || exit
file=$(/usr/sbin/sshd -T | sed -n 's/^pidfile //p')
read -r pid <"$file" || exit
case $(ps -ww -o args= -p "$pid") in
*sshd*) ;;
*)
    echo "$file: $pid is no sshd" >&2
    exit 1
    ;;
esac
kill -HUP "$pid" || exit
turns=0
while [ -e "$1" ] && [ -z "$(find "$file" -newer "$1" 2>/dev/null)" ]; do
    turns=$((turns + 1))
    if [ "$turns" -gt 50 ]; then
        echo "sshd has not read its configuration again" >&2
        exit 1
    fi
    sleep 0.1 2>/dev/null || sleep 1
done
