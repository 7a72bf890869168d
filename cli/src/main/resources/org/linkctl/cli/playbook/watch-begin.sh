#!/bin/sh
## Starts what watches a route, and ends at once. Arguments: the file for what it says, its words.
umask 077
file=$1
shift
rm -f "$file" "$file.pid"
"$@" >"$file" 2>&1 </dev/null &
echo $! >"$file.pid"
