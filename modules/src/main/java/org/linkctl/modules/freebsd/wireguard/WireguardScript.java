package org.linkctl.modules.freebsd.wireguard;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.wireguard.PeerSection;
import org.linkctl.modules.wireguard.WireguardEnd;
import org.linkctl.modules.wireguard.WireguardFiles;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;

/**
 * What brings a tunnel up at boot: a file of peers as wg(8) reads it, and a script of rc(8) of its own. Only the base
 * system is needed: wg-quick(8) would need bash and a package. The script runs after NETWORKING: a peer may be given by
 * name, and nothing that has to be there for the network waits for a tunnel.
 */
final class WireguardScript {
    private static final String TEXT = """
            #!/bin/sh
            @MARK@
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
            """;

    private WireguardScript() {}

    static String path(String tunnel) {
        return "/usr/local/etc/rc.d/" + Programs.tunnelService(tunnel);
    }

    /** The file of peers, without any key. */
    static String conf(WireguardEnd.Want want) {
        List<String> out = new ArrayList<>(List.of(OurFiles.mark(want.fabric())));
        out.addAll(PeerSection.self(want));
        out.add("");
        out.addAll(PeerSection.lines(want));
        return String.join("\n", out) + "\n";
    }

    static String text(WireguardEnd.Want want) {
        return TEXT.replace("@MARK@", OurFiles.mark(want.fabric()))
                .replace("@NAME@", Programs.tunnelService(want.tunnel()))
                .replace("@TUNNEL@", want.tunnel())
                .replace("@CREATE@", create(want.tunnel()))
                .replace("@START@", start(want))
                .replace(
                        "@ROUTES@",
                        want.routes().stream()
                                .map(label -> Argv.quote(Programs.route(label)))
                                .collect(Collectors.joining(" ")));
    }

    /** A name of another kind than the driver's is given afterwards (ifconfig(8), "create" and "name"). */
    private static String create(String tunnel) {
        return tunnel.matches("wg(0|[1-9][0-9]*)")
                ? "ifconfig " + tunnel + " create"
                : "ifconfig wg create name " + tunnel;
    }

    /** wg(8) forgets the key with every setconf, so that it comes after that. */
    private static String start(WireguardEnd.Want want) {
        String tunnel = want.tunnel();
        List<String> out = new ArrayList<>();
        out.add("ifconfig " + tunnel + " mtu " + want.mtu() + " || return");
        out.add("wg setconf " + tunnel + " " + WireguardFiles.conf(tunnel) + " || return");
        out.add("wg set " + tunnel + " private-key " + WireguardFiles.key(tunnel) + " || return");
        if (want.usesPsk()) {
            out.add("wg set " + tunnel + " peer " + PeerSection.key(want) + " preshared-key "
                    + WireguardFiles.psk(tunnel) + " || return");
        }
        for (Cidr address : want.addresses()) {
            out.add("ifconfig " + tunnel + " " + String.join(" ", Ifconfig.words(address)) + " alias || return");
        }
        out.add("ifconfig " + tunnel + " up || return");
        return out.stream().map(line -> "\t" + line).collect(Collectors.joining("\n"));
    }
}
