#!/bin/sh
## Ends it, so that it says how it went. Arguments as in watch-begin.sh. Status 3: it is not of this boot.
## It may have ended long ago, and its number may be another program's by now: that one is left alone.
file=$1
shift
[ -e "$file.pid" ] || {
	echo 'it is not there any more; has the host been rebooted?'
	exit 3
}
pid=$(cat "$file.pid")
words() {
	## procfs has a NUL behind each word; FreeBSD has no procfs by default.
	if [ -r "/proc/$pid/cmdline" ]; then
		tr '\0' ' ' <"/proc/$pid/cmdline"
	else
		ps -ww -o args= -p "$pid"
	fi 2>/dev/null
}
case $(words) in
"$*"*)
	## ping(8) and iperf3(1) print their summary on SIGINT; two seconds are more than that takes.
	kill -INT "$pid"
	n=0
	while kill -0 "$pid" 2>/dev/null && [ $n -lt 20 ]; do
		sleep 0.1
		n=$((n + 1))
	done
	## What reads its output may still be at it.
	sleep 0.2
	;;
esac
rm -f "$file.pid"
