#!/bin/sh
## Starts TCP connections that carry a little all the time, and ends once they do. Arguments as in watch-begin.sh; the words
## are those of iperf3(1) as a client that receives. Of what it prints, the file gets the errors, and at the end the longest
## time in which a connection got nothing, and how many of them got nothing for half a second.
## mawk(1) reads by blocks of some KiB: so much comes within a second.
umask 077
file=$1
shift
rm -f "$file" "$file.pid"
{
	"$@" &
	echo $! >"$file.pid"
	wait
} 2>&1 </dev/null | awk '
	/SUM|sender|receiver/ { next }
	/^\[ *[0-9]+\] +[0-9.]+-[0-9.]+ +sec +[0-9.]+ +[KMGT]?Bytes/ {
		stream = $0
		sub(/\].*/, "", stream)
		sub(/^[^]]*\] */, "")
		split($1, at, "-")
		if (!begun++) {
			print "begun"
			fflush()
		}
		if (!(stream in quiet)) {
			quiet[stream] = 0
			streams++
		}
		quiet[stream] = $3 + 0 > 0 ? 0 : quiet[stream] + at[2] - at[1]
		if (quiet[stream] > worst[stream]) worst[stream] = quiet[stream]
		next
	}
	/not found|No such file|iperf3: / { print }
	END {
		for (stream in worst) {
			if (worst[stream] > longest) longest = worst[stream]
			if (worst[stream] > 0.45) hit++
		}
		if (streams) printf "longest %.1f, %d of %d\n", longest, hit, streams
	}' >"$file" 2>&1 &
n=0
while [ $n -lt 100 ] && ! grep -q begun "$file" 2>/dev/null; do
	kill -0 $! 2>/dev/null || break
	sleep 0.1
	n=$((n + 1))
done
grep -q begun "$file" || {
	cat "$file"
	echo 'no data came over a TCP connection to port 5201; both hosts need iperf3'
	exit 1
}
