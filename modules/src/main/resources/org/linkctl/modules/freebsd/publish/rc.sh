#!/bin/sh
#@MARK@
# PROVIDE: @NAME@
# REQUIRE: pf @AFTER@
. /etc/rc.subr

name=@NAME@
desc="Takes targets that do not answer out of what is published"
#@include freebsd/rc/under-daemon.sh
command_args="-f -r -P $pidfile -t $name @PATH@ run"

load_rc_config $name
run_rc_command "$1"
