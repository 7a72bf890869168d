#!/bin/sh
#@MARK@
# PROVIDE: linkctl_proxy_arp
# REQUIRE: netif devd
. /etc/rc.subr

name=linkctl_proxy_arp
desc="ARP entries that the master of a pair publishes"
start_cmd=@PATH@
stop_cmd=:

load_rc_config $name
run_rc_command "$1"
