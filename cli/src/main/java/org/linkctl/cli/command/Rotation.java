package org.linkctl.cli.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.linkctl.diag.Suggest;
import org.linkctl.engine.Run;
import org.linkctl.model.Fabric;
import org.linkctl.model.Psk;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Tunnel;
import org.linkctl.shell.Secret;

/** Which pre-shared keys shall be made anew, and what they are now. */
final class Rotation {
    private Rotation() {}

    /** @throws Failure where a name is none, or has no key that linkctl makes */
    static List<Tunnel> tunnels(Fabric fabric, List<String> names) {
        List<Tunnel> out = new ArrayList<>();
        for (String name : names) {
            List<Tunnel> meant = fabric.tunnels().stream()
                    .filter(tunnel -> name.equals(tunnel.name()) || name.equals(tunnel.group()))
                    .toList();
            if (meant.isEmpty()) throw unknown(fabric, name);
            for (Tunnel tunnel : meant) {
                requireMade(tunnel);
                out.add(tunnel);
            }
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

    private static Failure unknown(Fabric fabric, String name) {
        LinkedHashSet<String> known = new LinkedHashSet<>();
        fabric.tunnels().stream()
                .flatMap(tunnel -> Stream.concat(Stream.ofNullable(tunnel.group()), Stream.of(tunnel.name())))
                .forEach(known::add);
        String guess = Suggest.closest(name, known)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
        return new Failure(
                "--rotate-psk: no tunnel named '" + name + "'" + guess + "\n  tunnels: " + String.join(", ", known));
    }

    /** The keys that the tunnels have now, by the names under which their makers tell them. */
    static Map<String, Secret> former(Run run, List<Tunnel> tunnels) {
        run.plan();
        Map<String, Secret> out = new HashMap<>();
        for (Tunnel tunnel : tunnels) {
            String maker = tunnel.ends().getFirst().host();
            String name = "wireguard." + tunnel.name() + ".psk";
            run.published().hidden(maker, name).ifPresent(secret -> out.put(name, secret));
        }
        return out;
    }
}
