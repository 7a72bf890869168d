package org.linkctl.cli.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.linkctl.cli.context.Failure;
import org.linkctl.diag.Suggest;
import org.linkctl.engine.Run;
import org.linkctl.model.Fabric;
import org.linkctl.model.Hub;
import org.linkctl.model.Psk;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Tunnel;
import org.linkctl.plan.ModuleNames;
import org.linkctl.shell.Secret;
import org.linkctl.spi.Published;
import org.linkctl.spi.ReplacesKeys;

/**
 * Which keys are to be replaced, and their present values.
 *
 * @param psks the tunnels whose pre-shared keys are replaced
 * @param keys the tunnels whose ends get new private keys
 */
public record KeyRotation(List<Tunnel> psks, List<Tunnel> keys) {
    /** @throws Failure where a name is no tunnel, or its key is not made by linkctl */
    public static KeyRotation of(Fabric fabric, List<String> psks, List<String> keys) {
        List<Tunnel> made = tunnels("--rotate-psk", fabric, psks);
        made.forEach(KeyRotation::requireMade);
        List<Tunnel> renewed = tunnels("--rotate-key", fabric, keys);
        renewed.stream().filter(Tunnel::hasUnmanaged).findFirst().ifPresent(tunnel -> {
            throw new Failure("--rotate-key: the other end of '" + tunnel.name() + "' is a peer, which linkctl does not"
                    + " log in to: put what `wg genkey` prints into /etc/wireguard/" + tunnel.name()
                    + ".key on the host, apply, and give the peer the new public key");
        });
        return new KeyRotation(made, renewed);
    }

    public boolean isEmpty() {
        return psks.isEmpty() && keys.isEmpty();
    }

    /** @throws Failure where a run of these modules would not replace the keys */
    void requireModules(Fabric fabric, List<String> only, ModuleNames modules) {
        require(
                "--rotate-psk",
                modules,
                ReplacesKeys.Key.PRE_SHARED,
                modules.leftOut(fabric, psks, ReplacesKeys.Key.PRE_SHARED, only));
        require(
                "--rotate-key",
                modules,
                ReplacesKeys.Key.PRIVATE,
                modules.leftOut(fabric, keys, ReplacesKeys.Key.PRIVATE, only));
    }

    private static void require(String option, ModuleNames modules, ReplacesKeys.Key key, List<String> leftOut) {
        if (leftOut.isEmpty()) return;
        throw new Failure(option + ": --only leaves out " + String.join(", ", leftOut)
                + ", and no key would be replaced without; --only " + String.join(",", modules.replacing(key))
                + " is enough for it");
    }

    private static List<Tunnel> tunnels(String option, Fabric fabric, List<String> names) {
        List<Tunnel> out = new ArrayList<>();
        for (String name : names) {
            List<Tunnel> meant = fabric.tunnels().stream()
                    .filter(tunnel -> name.equals(tunnel.name()) || name.equals(tunnel.group()))
                    .toList();
            if (meant.isEmpty()) throw unknown(option, fabric, name);
            out.addAll(meant);
        }
        return out.stream().distinct().toList();
    }

    private static void requireMade(Tunnel tunnel) {
        switch (tunnel.psk()) {
            case Psk.Made() -> {}
            case Psk.Given(SecretRef ref) ->
                throw new Failure("--rotate-psk: the pre-shared key of '" + tunnel.name() + "' is yours: change what "
                        + ref + " says, and apply");
            case Psk.None() ->
                throw new Failure(
                        "--rotate-psk: '" + tunnel.name() + "' has no pre-shared key; psk: true gives it one");
        }
    }

    private static Failure unknown(String option, Fabric fabric, String name) {
        for (Hub hub : fabric.hubs()) if (hub.name().equals(name)) return ofHub(option, hub);
        LinkedHashSet<String> known = new LinkedHashSet<>();
        fabric.tunnels().stream()
                .flatMap(tunnel -> Stream.concat(Stream.ofNullable(tunnel.group()), Stream.of(tunnel.name())))
                .forEach(known::add);
        String guess = Suggest.closest(name, known)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
        return new Failure(
                option + ": no tunnel named '" + name + "'" + guess + "\n  tunnels: " + String.join(", ", known));
    }

    /** A hub's hosts need not change in one run: the next run publishes a new key to the peers. */
    private static Failure ofHub(String option, Hub hub) {
        String where = "put what `wg genkey` prints into /etc/wireguard/" + hub.name() + ".key on the host, and apply";
        SecretRef key = hub.key();
        String how = key == null ? where : "for that of " + hub.on() + " change what " + key + " says; else " + where;
        return new Failure(option + ": '" + hub.name() + "' is a hub, and " + option + " is for tunnels: " + how);
    }

    /** The present values of these keys, from the hosts. */
    public Published former(Run run) {
        run.plan();
        Map<String, Map<String, String>> plain = new HashMap<>();
        Map<String, Map<String, Secret>> hidden = new HashMap<>();
        for (Tunnel tunnel : psks) {
            String maker = tunnel.ends().getFirst().host();
            String name = "wireguard." + tunnel.name() + ".psk";
            run.published()
                    .hidden(maker, name)
                    .ifPresent(secret -> of(hidden, maker).put(name, secret));
        }
        for (Tunnel tunnel : keys) {
            String name = "wireguard." + tunnel.name() + ".public-key";
            for (Tunnel.End end : tunnel.ends()) {
                run.published()
                        .plain(end.host(), name)
                        .ifPresent(key -> of(plain, end.host()).put(name, key));
            }
        }
        Map<String, Published.Values> out = new HashMap<>();
        Stream.concat(plain.keySet().stream(), hidden.keySet().stream())
                .forEach(host -> out.put(
                        host,
                        new Published.Values(plain.getOrDefault(host, Map.of()), hidden.getOrDefault(host, Map.of()))));
        return new Published(out);
    }

    private static <V> Map<String, V> of(Map<String, Map<String, V>> all, String host) {
        return all.computeIfAbsent(host, _ -> new HashMap<>());
    }
}
