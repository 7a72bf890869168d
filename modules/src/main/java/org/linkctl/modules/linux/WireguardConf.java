package org.linkctl.modules.linux;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Question;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.UnreadableFacts;

/**
 * The file that wg-quick(8) brings a tunnel up from. It holds no key: hooks load those from files of their own, so the
 * file can be shown. No hook but the one that loads a key can keep the tunnel down: wg-quick(8) takes the interface
 * away again where one fails.
 */
final class WireguardConf {
    private static final String THREADED = "/sys/class/net/%i/threaded";

    /**
     * A hand-made file may hold keys. They are taken out on the host, before the text is carried anywhere: names are
     * matched in any case, as wg-quick(8) does.
     */
    private static final String HIDE_KEYS = "s/^([[:space:]]*([Pp][Rr][Ii][Vv][Aa][Tt][Ee]|"
            + "[Pp][Rr][Ee][Ss][Hh][Aa][Rr][Ee][Dd])[Kk][Ee][Yy][[:space:]]*=).*/\\1 (hidden)/";

    private WireguardConf() {}

    static Question question(String tunnel) {
        return new Question.Command(argv(tunnel));
    }

    private static Argv argv(String tunnel) {
        return Argv.of("sed", "-E", HIDE_KEYS, WireguardFiles.conf(tunnel));
    }

    /** The text, any keys in it hidden; only for a file that is there. */
    static String read(String tunnel, Answers answers) {
        Answer.Output out = answers.to(argv(tunnel).words().toArray(String[]::new));
        if (out.ok()) return out.stdout();
        throw new UnreadableFacts(
                WireguardFiles.conf(tunnel) + ": " + out.stderr().strip());
    }

    static String text(Wireguard.Want want) {
        List<String> out =
                new ArrayList<>(List.of(OurFiles.mark(want.fabric()), "[Interface]", "ListenPort = " + want.port()));
        for (Cidr address : want.addresses()) out.add("Address = " + address);
        out.add("MTU = " + want.mtu());
        out.add("Table = off");
        String key = want.peer().key() == null ? Change.UNKNOWN : want.peer().key();
        out.add("PostUp = wg set %i private-key " + WireguardFiles.key("%i"));
        if (want.usesPsk()) {
            out.add("PostUp = wg set %i peer " + key + " preshared-key " + WireguardFiles.psk("%i"));
        }
        out.add("PostUp = test ! -e " + THREADED + " || echo 1 > " + THREADED + " || true");
        for (String route : want.routes()) out.add("PostUp = " + hook(route, "up"));
        for (String route : want.routes()) out.add("PreDown = " + hook(route, "down"));
        out.add("");
        out.add("[Peer]");
        out.add("PublicKey = " + key);
        out.add("AllowedIPs = "
                + String.join(
                        ", ", want.peer().allowed().stream().map(Cidr::toString).toList()));
        if (want.peer().endpoint() != null) out.add(endpointLine(want.peer().endpoint()));
        if (want.peer().keepalive() != null) {
            out.add("PersistentKeepalive = " + want.peer().keepalive());
        }
        return String.join("\n", out) + "\n";
    }

    /** The text has this endpoint, or none where none is given. */
    static boolean hasEndpoint(@Nullable String text, String endpoint) {
        return text != null && text.lines().anyMatch(endpointLine(endpoint)::equals);
    }

    private static String endpointLine(String endpoint) {
        return "Endpoint = " + endpoint;
    }

    private static String hook(String route, String verb) {
        String script = "/usr/local/lib/linkctl/route-" + route;
        return "test ! -x " + script + " || " + script + " " + verb + " %i || true";
    }
}
