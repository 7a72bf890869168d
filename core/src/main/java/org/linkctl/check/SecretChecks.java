package org.linkctl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Host;
import org.linkctl.model.HostFile;
import org.linkctl.model.Hub;
import org.linkctl.model.Psk;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Vip;

/** Secrets with two uses that cannot be one secret's: a private key is one machine's, and nobody else's. */
final class SecretChecks {
    private static final String KEY = "key";

    /**
     * One use.
     *
     * @param attribute where it stands
     * @param hosts whose key it is; empty where it is none
     */
    private record Use(String secret, String attribute, List<String> hosts, Declared by) {
        /** Whether another use, of the same secret, cannot be. */
        boolean excludes(Use other) {
            if (!attribute.equals(other.attribute())) return true;
            return attribute.equals(KEY) && hosts.stream().noneMatch(other.hosts()::contains);
        }
    }

    private final Refusals refusals;

    SecretChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        Map<String, List<Use>> seen = new HashMap<>();
        for (Use use : uses(fabric)) {
            List<Use> same = seen.computeIfAbsent(use.secret(), _ -> new ArrayList<>());
            same.stream().filter(use::excludes).findFirst().ifPresent(first -> refuse(first, use));
            // Of uses that differ from another one in their attribute alone the first is the one that is told.
            boolean known = same.stream().anyMatch(one -> one.attribute().equals(use.attribute()));
            if (!known || use.attribute().equals(KEY)) same.add(use);
        }
    }

    private static Set<Use> uses(Fabric fabric) {
        Set<Use> out = new LinkedHashSet<>(); // all tunnels of a group are one use
        for (Hub hub : fabric.hubs()) {
            List<String> hosts =
                    fabric.hostsOf(hub.on()).stream().map(Host::name).toList();
            of(hub.key(), KEY, hosts, new Declared("hub " + Names.shown(hub.name()), hub.at()))
                    .forEach(out::add);
        }
        for (Tunnel tunnel : fabric.tunnels()) {
            String group = tunnel.group();
            String name = group == null ? "tunnel " + tunnel.name() : "tunnels " + group;
            SecretRef given = tunnel.psk() instanceof Psk.Given(SecretRef secret) ? secret : null;
            of(given, "psk", List.of(), new Declared(Names.shown(name), tunnel.at()))
                    .forEach(out::add);
        }
        for (Vip vip : fabric.all(Vip.class)) {
            of(vip.password(), "password", List.of(), new Declared("vip " + vip.id(), vip.at()))
                    .forEach(out::add);
        }
        for (Host host : fabric.hosts()) {
            for (FirezoneGateway gateway : fabric.of(FirezoneGateway.class, host)) {
                of(gateway.token(), "token", List.of(), new Declared(gateway.subject(), gateway.at()))
                        .forEach(out::add);
            }
            for (HostFile file : fabric.of(HostFile.class, host)) {
                of(file.secret(), "secret", List.of(), new Declared(file.subject(), file.at()))
                        .forEach(out::add);
            }
        }
        return out;
    }

    private static Stream<Use> of(@Nullable SecretRef secret, String attribute, List<String> hosts, Declared by) {
        return Stream.ofNullable(secret).map(one -> new Use(one.name(), attribute, hosts, by));
    }

    private void refuse(Use first, Use second) {
        String what = first.attribute().equals(KEY) ? "the private key" : "the " + first.attribute() + ":";
        refusals.conflict(
                second.by().at(),
                second.attribute(),
                "",
                second.attribute() + ": '" + Names.shown(second.secret()) + "' is also " + what + " of "
                        + first.by().what(),
                "give each its own secret; declared at "
                        + first.by().seenFrom(second.by().at()));
    }
}
