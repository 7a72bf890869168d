#!/bin/sh
#@MARK@
# PROVIDE: @NAME@
# REQUIRE: pf
. /etc/rc.subr

name=@NAME@
desc="Takes next hops that do not answer out of pf's round robin"
#@include freebsd/rc/under-daemon.sh
command_args="-f -r -P $pidfile -t $name @PATH@ run"
stop_postcmd="@PATH@ clear"

load_rc_config $name
run_rc_command "$1"
