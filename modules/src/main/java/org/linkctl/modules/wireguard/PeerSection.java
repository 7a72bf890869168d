package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/** What configuration files of tunnels have in common, whoever reads them: no keys, and peers. */
public final class PeerSection {
    /** What says where a peer is called by its name: wg(8) takes no setting of a file of which one name stands for nothing. */
    static final String NAMED = "# Endpoint by name: ";

    /**
     * A hand-made file may hold keys. They are taken out on the host, before the text is carried anywhere: names are
     * matched in any case, as wg(8) and wg-quick(8) do.
     */
    private static final String HIDE_KEYS = "s/^([[:space:]]*([Pp][Rr][Ii][Vv][Aa][Tt][Ee]|"
            + "[Pp][Rr][Ee][Ss][Hh][Aa][Rr][Ee][Dd])[Kk][Ee][Yy][[:space:]]*=).*/\\1 (hidden)/";

    private PeerSection() {}

    public static Question.Command question(String tunnel) {
        return Question.command("sed", "-E", HIDE_KEYS, WireguardFiles.conf(tunnel));
    }

    /** The file's text, any keys in it hidden; only for a file that is there. */
    public static String read(String tunnel, Answers answers) {
        Answer.Output out = answers.to(question(tunnel));
        if (out.ok()) return out.stdout();
        throw new UnreadableFacts(
                WireguardFiles.conf(tunnel) + ": " + out.stderr().strip());
    }

    /** The public key of a tunnel's only peer, or what stands for one that is not known yet. */
    public static String key(WireguardEnd.Want want) {
        return key(want.peers().getFirst());
    }

    private static String key(WireguardEnd.Peer peer) {
        String key = peer.key();
        return key == null ? Change.UNKNOWN : key;
    }

    /** The lines of the near end that every reader knows. */
    public static List<String> self(WireguardEnd.Want want) {
        Integer port = want.port();
        return port == null ? List.of("[Interface]") : List.of("[Interface]", "ListenPort = " + port);
    }

    /** The lines of the peers (wg(8), "CONFIGURATION FILE FORMAT"); of a hub's each with its host. */
    public static List<String> lines(WireguardEnd.Want want) {
        List<String> out = new ArrayList<>();
        for (WireguardEnd.Peer peer : want.peers()) {
            if (!out.isEmpty()) out.add("");
            out.add("[Peer]");
            if (want.isHub()) out.add("# " + peer.host());
            out.addAll(lines(peer));
        }
        return out;
    }

    private static List<String> lines(WireguardEnd.Peer peer) {
        List<String> out = new ArrayList<>(List.of("PublicKey = " + key(peer)));
        out.add("AllowedIPs = " + peer.allowed().stream().map(Cidr::toString).collect(Collectors.joining(", ")));
        String endpoint = peer.endpoint();
        if (endpoint != null) out.add(peer.endpointName() == null ? endpointLine(endpoint) : NAMED + endpoint);
        if (peer.keepalive() != null) out.add("PersistentKeepalive = " + peer.keepalive());
        return out;
    }

    /** The text has this endpoint; one given by a name also as older files have it. */
    static boolean hasEndpoint(@Nullable String text, String endpoint) {
        if (text == null) return false;
        Set<String> right = Set.of(endpointLine(endpoint), NAMED + endpoint);
        return text.lines().anyMatch(right::contains);
    }

    private static String endpointLine(String endpoint) {
        return "Endpoint = " + endpoint;
    }
}
