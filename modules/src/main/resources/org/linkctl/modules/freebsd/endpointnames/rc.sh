#!/bin/sh
#@MARK@
#
# PROVIDE: @NAME@
# REQUIRE: @TUNNELS@
# KEYWORD: nojailvnet

. /etc/rc.subr

name=@NAME@
desc="Follows the names of far ends of tunnels"
#@include freebsd/rc/under-daemon.sh
command_args="-f -r -P $pidfile -t $name -T linkctl-names @SCRIPT@"

load_rc_config $name
run_rc_command "$1"
