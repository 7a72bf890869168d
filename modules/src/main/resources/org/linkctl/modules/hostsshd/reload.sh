# Has sshd read its configuration again, which has to be right, and waits until it has. One that does not come back is
# started: without it nobody could log in to mend anything. Sessions that stand go on.
/usr/sbin/sshd -t || exit
before=$(mktemp) || exit
trap 'rm -f "$before"' EXIT
file=$(/usr/sbin/sshd -T | sed -n 's/^pidfile //p')

has_read() { # it notes its process id once it listens
    [ -n "$(find "$file" -newer "$before" 2>/dev/null)" ]
}

is_of_each_connection() {
    for unit in ssh.socket sshd.socket; do
        case $(systemctl show --property=Accept,ActiveState "$unit" 2>/dev/null) in
        *Accept=yes*ActiveState=active* | *ActiveState=active*Accept=yes*) return 0 ;;
        esac
    done
    return 1
}

wait_for_it() {
    turns=0
    until has_read; do
        turns=$((turns + 1))
        [ "$turns" -le 50 ] || return 1
        sleep 0.1 2>/dev/null || sleep 1
    done
}

start() { # the unit is ssh on Debian, sshd elsewhere; onestart(8): also where rc.conf(5) does not name it
    if [ -d /run/systemd/system ]; then
        systemctl start ssh.service 2>/dev/null || systemctl start sshd.service
    elif [ "$(uname -s)" = FreeBSD ]; then
        service sshd onestart
    else
        service sshd start 2>/dev/null || service ssh start
    fi
}

if [ -r "$file" ] && read -r pid <"$file"; then
    case $(ps -ww -o args= -p "$pid") in
    *sshd*)
        kill -HUP "$pid" || exit
        wait_for_it && exit 0
        ;;
    esac
elif is_of_each_connection; then
    exit 0
fi
start && wait_for_it && exit 0
echo "sshd has not read its configuration again" >&2
exit 1
