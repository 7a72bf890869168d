#!/bin/sh
#@MARK@
# Runs a timer's command, unless its last run goes on; notes how it ended, and has what it prints in the system's log.
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
umask 022
cd / || exit
note=@NOTE@

if [ "$1" != alone ]; then
    exec lockf -k -s -t 0 "$note" /bin/sh "$0" alone
fi
{
    @COMMAND@ </dev/null 2>&1
    status=$?
    [ ! -e "$note" ] || echo "$status $(date +%Y-%m-%dT%H:%M:%S%z)" >"$note" # it went with a timer that is no longer declared
} | logger -t @TAG@ -p cron.notice
