#!/bin/sh
#@MARK@
#
# PROVIDE: @NAME@
# REQUIRE: NETWORKING
# KEYWORD: nojailvnet

. /etc/rc.subr

name=@NAME@
desc="WireGuard tunnel @TUNNEL@"
rcvar=@NAME@_enable
start_cmd=tunnel_start
stop_cmd=tunnel_stop
status_cmd=tunnel_status
extra_commands=status

PATH=/sbin:/bin:/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin
export PATH

tunnel_start()
{
	ifconfig @TUNNEL@ >/dev/null 2>&1 || @CREATE@ >/dev/null || return
	@START@
	tunnel_routes up
}

tunnel_stop()
{
	tunnel_routes down
	! ifconfig @TUNNEL@ >/dev/null 2>&1 || ifconfig @TUNNEL@ destroy
}

tunnel_status()
{
	wg show @TUNNEL@ listen-port >/dev/null && echo "@TUNNEL@ is up."
}

# Routes over several tunnels are set by scripts of their own.
tunnel_routes()
{
	local script

	for script in @ROUTES@; do
		[ ! -x "$script" ] || "$script" "$1" @TUNNEL@
	done
	return 0
}

load_rc_config $name
#@ENABLED@
run_rc_command "$1"
