package org.linkctl.modules.wireguard;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linkctl.model.Os;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * What an endpoint's name stands for on its host. wg(8) asks for it once, when the endpoint is set, and the kernel knows
 * the address alone; the host follows the name where the tunnel falls silent ({@link NamedEnd}).
 */
final class EndpointName {
    /** Seconds: longer than one server that does not answer (resolv.conf(5), "timeout"). */
    private static final String PATIENCE = "8";

    private EndpointName() {}

    /** The endpoints without their ports, of the peers that have one, where that is a name. */
    private static Set<String> names(WireguardEnd wanted) {
        if (!(wanted instanceof WireguardEnd.Want want)) return Set.of();
        Set<String> out = new LinkedHashSet<>();
        for (WireguardEnd.Peer peer : want.peers()) {
            String endpoint = peer.endpoint();
            if (endpoint == null) continue;
            String host = endpoint.substring(0, endpoint.lastIndexOf(':')).replaceAll("^\\[|]$", "");
            if (Ip.parse(host).isEmpty()) out.add(host);
        }
        return out;
    }

    private static Question.Command lookup(Os os, String name) {
        return Question.command("timeout", PATIENCE, "getent", os == Os.LINUX ? "ahosts" : "hosts", name);
    }

    static List<Question<?>> questions(WireguardEnd wanted) {
        return names(wanted).stream()
                .<Question<?>>map(name -> lookup(wanted.os(), name))
                .toList();
    }

    /** Its addresses, as getent(1) prints them, each at a line's beginning; none where there is no name, or no answer. */
    static Set<Ip> read(WireguardEnd wanted, Answers answers) {
        Set<Ip> out = new LinkedHashSet<>();
        for (String name : names(wanted)) {
            Answer.Output said = answers.to(lookup(wanted.os(), name));
            for (String line : said.stdout().lines().toList()) {
                Ip.parse(line.strip().split("\\s+", 2)[0].replaceFirst("%.*$", ""))
                        .ifPresent(out::add);
            }
        }
        return out;
    }
}
