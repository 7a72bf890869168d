#!/bin/sh
#@MARK@
# PROVIDE: linkctl_carp_actions
# REQUIRE: DAEMON devd
. /etc/rc.subr

name=linkctl_carp_actions
desc="What a pair's master and backup run"
start_cmd="@PATH@ boot"
stop_cmd=:

load_rc_config $name
run_rc_command "$1"
