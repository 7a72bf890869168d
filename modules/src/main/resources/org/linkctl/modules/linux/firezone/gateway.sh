#!/bin/sh
#@MARK@
# Starts the Firezone gateway and sees whether it is ready; where it is not, goes back to the version before.
# usage: firezone-gateway start [BEFORE] | again | ready | note
## BEFORE is the program that ran before, the place that the link led to.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
unit=@UNIT@
link=@LINK@
port=@PORT@
token=@TOKEN@
files='@FILES@'
# Seconds until it has to be ready; answers in a row, a second apart, that show it; after how many processes it is given up.
within=50
enough=10
most=4

# Whether it says that it is ready.
ready() {
    timeout 3 bash -c @READY@ ready "$port" 2>/dev/null
}

# Whether a process listens at the port where it says so: another program that has it answers well, too.
listens() {
    ss -Hltnp "sport = :$port" 2>/dev/null | grep -q "[(,]pid=$1,"
}

# Whole seconds since the boot: no clock that is set in between.
uptime() {
    local seconds _idle
    read -r seconds _idle </proc/uptime
    echo "${seconds%.*}"
}

main_pid() {
    systemctl show --property=MainPID --value $unit
}

# A process that ends and is started anew answers, too, in between: the same one has to.
healthy() {
    local end answers processes pid was
    end=$(($(uptime) + within)) answers=0 processes=0 was=
    while [ "$(uptime)" -lt $end ] && [ $processes -le $most ]; do
        pid=$(main_pid)
        if [ "$pid" != "$was" ]; then
            answers=0 was=$pid
            [ "${pid:-0}" = 0 ] || processes=$((processes + 1))
        fi
        if [ "${pid:-0}" != 0 ] && ready && listens "$pid"; then
            answers=$((answers + 1))
        else
            answers=0
        fi
        [ $answers -lt $enough ] || [ "$(main_pid)" != "$pid" ] || return 0
        sleep 1
    done
    return 1
}

# Says who has its port, if it is another program.
taken() {
    local other
    other=$(ss -Hltnp "sport = :$port" 2>/dev/null | sed -n 's/.*users:((\("[^"]*",pid=[0-9]*\).*/\1/p' | grep -v "pid=$(main_pid)\$")
    [ -z "$other" ] || echo "port $port, where it says whether it is ready, is taken: $other"
}

restart() {
    systemctl restart $unit && healthy
}

# Whether what runs was started with what is there now.
current() {
    systemctl is-active --quiet $unit && cmp -s $token "/run/credentials/$unit/FIREZONE_TOKEN" &&
        [ "$(readlink $link)" = "$(cat /run/linkctl/firezone-version 2>/dev/null)" ] &&
        cat $files | cmp -s - "/run/linkctl/$unit"
}

case $1 in
    note) # tells what is started
        mkdir -p /run/linkctl
        readlink $link >/run/linkctl/firezone-version
        exec cat $files >"/run/linkctl/$unit"
        ;;
    ready) ready ;;
    again) current || restart ;;
    start)
        restart && exit 0
        echo "the gateway does not become ready; what it said last:"
        journalctl --unit=$unit --output=cat --lines=5 --no-pager _TRANSPORT=stdout 2>/dev/null
        taken
        [ -x "$2" ] && [ "$2" != "$(readlink $link)" ] || exit 1
        ln -sf "$2" $link.before && mv -f -T $link.before $link || exit 1
        if restart; then
            echo "back to the version before, which runs"
        else
            echo "back to the version before, which is not ready either"
        fi
        exit 1
        ;;
    *)
        echo "usage: $0 start [BEFORE] | again | ready | note" >&2
        exit 2
        ;;
esac
