package org.linkctl.cli.peer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.option.ConnectionOptions;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.engine.Outcome;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Intent;
import org.linkctl.model.Psk;
import org.linkctl.model.Tunnel;
import org.linkctl.modules.wireguard.PeerFile;
import org.linkctl.modules.wireguard.WireguardFiles;

/** The public key that a host has for a tunnel or a hub, asked of the host itself and of no other. */
final class HostKey {
    /** The modules that tell it, by their name in short. */
    private static final String MODULE = "wireguard-key";

    private final CommandContext context;
    private final ConnectionOptions connection;
    private final ShowOptions show;

    HostKey(CommandContext context, ConnectionOptions connection, ShowOptions show) {
        this.context = context;
        this.connection = connection;
        this.show = show;
    }

    /** @throws Failure where no host tells it */
    String of(Fabric fabric, PeerFile file) {
        SelectionOptions selection = new SelectionOptions();
        selection.set(List.of(), List.of(MODULE));
        HostRuns runs = new HostRuns(context, connection, selection, show);
        return runs.during(alone(fabric, file), run -> {
            Map<Host, Outcome> outcomes = run.plan();
            Map<String, String> keys = new LinkedHashMap<>();
            for (String host : file.hosts()) {
                run.published()
                        .plain(host, WireguardFiles.publishedKey(file.link()))
                        .ifPresent(key -> keys.put(key, host));
            }
            runs.clearProgress();
            if (keys.size() > 1) throw differ(file, keys);
            return keys.keySet().stream().findFirst().orElseThrow(() -> unknown(file, outcomes));
        });
    }

    /** The hosts of a pair have one key (SharedHub): a peer that knows the other one is lost at the next switch. */
    private static Failure differ(PeerFile file, Map<String, String> keys) {
        return new Failure(
                ExitStatus.REFUSED,
                "--peer: the hosts of " + file.link() + " have keys of their own: "
                        + keys.entrySet().stream()
                                .map(one -> one.getValue() + " " + one.getKey())
                                .collect(Collectors.joining(", "))
                        + "; `linkctl apply` gives them one");
    }

    private static Failure unknown(PeerFile file, Map<Host, Outcome> outcomes) {
        String why = outcomes.entrySet().stream()
                .flatMap(one -> switch (one.getValue()) {
                    case Outcome.Unreachable unreachable ->
                        Stream.of(one.getKey().name() + ": " + unreachable.why());
                    case Outcome.Refused refused -> Stream.of(one.getKey().name() + ": " + refused.why());
                    default -> Stream.<String>empty();
                })
                .findFirst()
                .orElse("it is made when the inventory is applied");
        int status = ExitStatus.of(outcomes.values());
        return new Failure(
                status == ExitStatus.OK ? ExitStatus.ERROR : status,
                "--peer: the public key of " + file.link() + " on " + String.join(", ", file.hosts())
                        + " is not known: " + why);
    }

    /** The link and its hosts, without whoever else is at its ends, so that nobody else is asked. */
    private static Fabric alone(Fabric fabric, PeerFile file) {
        List<Host> hosts = fabric.hosts().stream()
                .filter(host -> file.hosts().contains(host.name()))
                .toList();
        Stream<Intent> pairs = fabric.pairs().stream()
                .filter(pair -> file.hosts().containsAll(pair.hosts()))
                .map(pair -> pair);
        Stream<Intent> hubs = fabric.hubs().stream()
                .filter(hub -> hub.name().equals(file.link()))
                .map(HostKey::bare);
        Stream<Intent> tunnels = fabric.tunnels().stream()
                .filter(tunnel -> tunnel.name().equals(file.link()))
                .map(HostKey::bare);
        List<Intent> all = Stream.of(pairs, hubs, tunnels).flatMap(some -> some).toList();
        return new Fabric(fabric.name(), fabric.sites(), hosts, all);
    }

    /** Its key as it is on the host: no secret is looked up. */
    private static Hub bare(Hub hub) {
        return new Hub(
                hub.name(),
                hub.on(),
                hub.port(),
                hub.addresses(),
                hub.endpoint(),
                null,
                hub.keepalive(),
                hub.mtu(),
                List.of(),
                List.of(),
                hub.at());
    }

    private static Tunnel bare(Tunnel tunnel) {
        return new Tunnel(
                tunnel.name(), null, tunnel.keepalive(), tunnel.mtu(), new Psk.None(), tunnel.ends(), tunnel.at());
    }
}
