package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.net.Ip;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * What an endpoint's name stands for on its host. The kernel knows addresses alone. wg(8) would ask for a name when it reads
 * the file of an interface, and takes nothing of that file where one name stands for nothing: so no file has one. A run sets
 * what the name stands for at once, and the host itself whenever there is no endpoint or the peer is silent ({@link NamedEnd}).
 */
public final class EndpointName {
    /** Seconds: longer than one server that does not answer (resolv.conf(5), "timeout"). */
    private static final String PATIENCE = "8";

    private EndpointName() {}

    /** The endpoints without their ports, of the peers that have one, where that is a name. */
    private static Set<String> names(WireguardEnd wanted) {
        if (!(wanted instanceof WireguardEnd.Want want)) return Set.of();
        Set<String> out = new LinkedHashSet<>();
        for (WireguardEnd.Peer peer : want.peers()) {
            String name = peer.endpointName();
            if (name != null) out.add(name);
        }
        return out;
    }

    /** FreeBSD's getent(1) asks gethostbyname(3), which gives IPv4 addresses alone; host(1) asks the servers of names. */
    private static List<Question.Command> lookups(Os os, String name) {
        return switch (os) {
            case LINUX -> List.of(Question.command("timeout", PATIENCE, "getent", "ahosts", name));
            case FREEBSD ->
                List.of(
                        Question.command("timeout", PATIENCE, "getent", "hosts", name),
                        Question.command("timeout", PATIENCE, "host", "-t", "AAAA", name));
        };
    }

    static List<Question<?>> questions(WireguardEnd wanted) {
        List<Question<?>> out = new ArrayList<>();
        for (String name : names(wanted)) out.addAll(lookups(wanted.os(), name));
        return List.copyOf(out);
    }

    /** Their addresses by name; nothing where there is no name, or no answer. */
    static Map<String, List<Ip>> read(WireguardEnd wanted, Answers answers) {
        Map<String, List<Ip>> out = new LinkedHashMap<>();
        for (String name : names(wanted)) {
            Set<Ip> all = new LinkedHashSet<>();
            for (Question.Command lookup : lookups(wanted.os(), name)) {
                Answer.Output said = answers.to(lookup);
                for (String line : said.stdout().lines().toList())
                    Ip.parse(address(line)).ifPresent(all::add);
            }
            if (!all.isEmpty()) out.put(name, List.copyOf(all));
        }
        return out;
    }

    /** getent(1) prints an address at a line's beginning, host(1) at its end: {@code NAME has IPv6 address …}. */
    private static String address(String line) {
        String[] words = line.strip().split("\\s+", -1);
        boolean ofHost = line.contains(" has IPv6 address ");
        return words[ofHost ? words.length - 1 : 0].replaceFirst("%.*$", "");
    }

    /** What a peer's endpoint is just now, as wg(8) takes it; null where its name stands for nothing. */
    static @Nullable String now(WireguardEnd.Peer peer, WireguardFound have) {
        String endpoint = peer.endpoint();
        String name = peer.endpointName();
        if (endpoint == null || name == null) return endpoint;
        List<Ip> all = have.named().get(name);
        return all == null ? null : WireguardWants.endpoint(all.getFirst().text(), Integer.parseInt(port(endpoint)));
    }

    static String port(String endpoint) {
        return endpoint.substring(endpoint.lastIndexOf(':') + 1);
    }

    /** Sets what names stand for, behind what brought an interface up from its file. */
    public static List<Step> steps(WireguardEnd.Want want, WireguardFound have) {
        List<Step> out = new ArrayList<>();
        for (WireguardEnd.Peer peer : want.peers()) {
            String now = now(peer, have);
            String key = peer.key();
            if (peer.endpointName() == null || now == null || key == null) continue;
            out.add(Step.run("wg", "set", want.tunnel(), "peer", key, "endpoint", now));
        }
        return out;
    }

    /** Names that stand for nothing, where an address is needed now. */
    static List<String> warnings(WireguardEnd.Want want, WireguardFound have) {
        List<String> out = new ArrayList<>();
        for (WireguardEnd.Peer peer : want.peers()) {
            String name = peer.endpointName();
            if (name == null || have.named().containsKey(name) || !isNeeded(want, peer, have)) continue;
            out.add(name + ", the endpoint of " + peer.host() + ", stands for no address on this host: " + want.tunnel()
                    + " is up without it, and the host sets it as soon as it does");
        }
        return out;
    }

    private static boolean isNeeded(WireguardEnd.Want want, WireguardEnd.Peer peer, WireguardFound have) {
        WireguardDevice device = have.device();
        if (device == null) return true;
        WireguardDevice.Peer there = device.peers().stream()
                .filter(one -> one.key().equals(peer.key()))
                .findFirst()
                .orElse(null);
        if (there == null || there.endpoint() == null || peer.endpoint() == null) return true;
        return !PeerSection.hasEndpoint(have.conf(), peer.endpoint())
                || WireguardHealth.loops(want, there).isPresent();
    }
}
