#!/bin/sh
#@MARK@
#
# PROVIDE: @NAME@
# REQUIRE: @TUNNELS@
# KEYWORD: nojailvnet

. /etc/rc.subr

name=@NAME@
desc="Keeps the routes @LABEL@ to the tunnels that answer"
#@include freebsd/rc/under-daemon.sh
command_args="-f -r -P $pidfile -t $name -T linkctl-watch @SCRIPT@"

load_rc_config $name
run_rc_command "$1"
