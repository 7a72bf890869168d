package org.linkctl.modules.wireguard;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    /** The endpoint without its port, of the peer that has one, where that is a name; null where there is none, or it is an address. */
    private static @Nullable String name(WireguardEnd wanted) {
        if (!(wanted instanceof WireguardEnd.Want want)) return null;
        String endpoint = want.peers().stream()
                .flatMap(peer -> Stream.ofNullable(peer.endpoint()))
                .findFirst()
                .orElse(null);
        if (endpoint == null) return null;
        String host = endpoint.substring(0, endpoint.lastIndexOf(':')).replaceAll("^\\[|]$", "");
        return Ip.parse(host).isPresent() ? null : host;
    }

    private static Question.Command lookup(Os os, String name) {
        return Question.command("timeout", PATIENCE, "getent", os == Os.LINUX ? "ahosts" : "hosts", name);
    }

    static List<Question<?>> questions(WireguardEnd wanted) {
        String name = name(wanted);
        return name == null ? List.of() : List.of(lookup(wanted.os(), name));
    }

    /** Its addresses, as getent(1) prints them, each at a line's beginning; none where there is no name, or no answer. */
    static Set<Ip> read(WireguardEnd wanted, Answers answers) {
        String name = name(wanted);
        if (name == null) return Set.of();
        Answer.Output said = answers.to(lookup(wanted.os(), name));
        Set<Ip> out = new LinkedHashSet<>();
        for (String line : said.stdout().lines().toList()) {
            Ip.parse(line.strip().split("\\s+", 2)[0].replaceFirst("%.*$", "")).ifPresent(out::add);
        }
        return out;
    }
}
