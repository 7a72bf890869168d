package org.linkctl.modules.freebsd.wireguard;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.routes.RouteProgram;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.modules.wireguard.PeerSection;
import org.linkctl.modules.wireguard.WireguardEnd;
import org.linkctl.modules.wireguard.WireguardFiles;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.ShellTemplate;

/**
 * What brings a tunnel up at boot: a file of peers as wg(8) reads it, and a script of rc(8) of its own. Only the base
 * system is needed: wg-quick(8) would need bash and a package. The script runs after NETWORKING: nothing that has to be there
 * for the network waits for a tunnel.
 */
final class WireguardScript {
    private static final ShellTemplate PROGRAM = ShellFile.of(WireguardScript.class, "rc.sh");

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
        return PROGRAM.lines("MARK", List.of(OurFiles.mark(want.fabric())))
                .word("NAME", Programs.tunnelService(want.tunnel()))
                .word("TUNNEL", want.tunnel())
                .raw("CREATE", create(want.tunnel()).render())
                .lines(
                        "START",
                        start(want).stream()
                                .map(command -> command.render() + " || return")
                                .toList())
                .lines("ENABLED", List.of(": ${" + Programs.tunnelService(want.tunnel()) + "_enable:=\"YES\"}"))
                .words("ROUTES", want.routes().stream().map(RouteProgram::path).toList())
                .text();
    }

    /** A name of another kind than the driver's is given afterwards (ifconfig(8), "create" and "name"). */
    private static Argv create(String tunnel) {
        return tunnel.matches("wg(0|[1-9][0-9]*)")
                ? Argv.of("ifconfig", tunnel, "create")
                : Argv.of("ifconfig", "wg", "create", "name", tunnel);
    }

    /** wg(8) forgets the key with every setconf, so that it comes after that. */
    private static List<Argv> start(WireguardEnd.Want want) {
        String tunnel = want.tunnel();
        List<Argv> out = new ArrayList<>();
        out.add(Argv.of("ifconfig", tunnel, "mtu", Integer.toString(want.mtu())));
        out.add(Argv.of("wg", "setconf", tunnel, WireguardFiles.conf(tunnel)));
        out.add(Argv.of("wg", "set", tunnel, "private-key", WireguardFiles.key(tunnel)));
        if (want.usesPsk()) {
            String psk = WireguardFiles.psk(tunnel);
            out.add(Argv.of("wg", "set", tunnel, "peer", PeerSection.key(want), "preshared-key", psk));
        }
        for (Cidr address : want.addresses()) {
            List<String> words = new ArrayList<>(List.of("ifconfig", tunnel));
            words.addAll(Ifconfig.words(address));
            words.add("alias");
            out.add(new Argv(words));
        }
        out.add(Argv.of("ifconfig", tunnel, "up"));
        return out;
    }
}
