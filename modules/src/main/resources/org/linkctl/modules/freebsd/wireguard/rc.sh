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
start_cmd=@NAME@_start
stop_cmd=@NAME@_stop
status_cmd=@NAME@_status
extra_commands=status

PATH=/sbin:/bin:/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin
export PATH
# A name server that does not answer holds the boot up for some seconds, not for minutes (wg(8)).
WG_ENDPOINT_RESOLUTION_RETRIES=5
export WG_ENDPOINT_RESOLUTION_RETRIES

@NAME@_start()
{
	ifconfig @TUNNEL@ >/dev/null 2>&1 || @CREATE@ >/dev/null || return
	@START@
	@NAME@_routes up
}

@NAME@_stop()
{
	@NAME@_routes down
	! ifconfig @TUNNEL@ >/dev/null 2>&1 || ifconfig @TUNNEL@ destroy
}

@NAME@_status()
{
	wg show @TUNNEL@ listen-port >/dev/null && echo "@TUNNEL@ is up."
}

# Routes over several tunnels are set by scripts of their own.
@NAME@_routes()
{
	local script

	for script in @ROUTES@; do
		[ ! -x "$script" ] || "$script" "$1" @TUNNEL@
	done
	return 0
}

load_rc_config $name
: ${@NAME@_enable:="YES"}
run_rc_command "$1"
