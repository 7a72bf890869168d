#!/bin/sh
#@MARK@
# PROVIDE: linkctl_pf
# REQUIRE: pf
# BEFORE: NETWORKING
. /etc/rc.subr

name=linkctl_pf
desc="Rules of linkctl in an anchor of pf"
start_cmd="@LOAD@"
stop_cmd=linkctl_pf_stop

linkctl_pf_stop() {
    @FLUSH@
}

load_rc_config $name
run_rc_command "$1"
