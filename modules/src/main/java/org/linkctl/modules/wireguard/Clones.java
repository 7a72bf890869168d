package org.linkctl.modules.wireguard;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Tunnel;
import org.linkctl.spi.Published;
import org.linkctl.spi.Scope;

/**
 * Keys that two hosts tell: one of them was copied from the other, or tells what it does not have. Of two peers with one
 * key the last one takes the addresses of both (wg(8), "allowed-ips"), so that neither may get into any configuration.
 */
final class Clones {
    private final Scope scope;
    private final Set<String> out = new TreeSet<>();

    private Clones(Scope scope) {
        this.scope = scope;
    }

    /** What is wrong with the keys of a tunnel's two ends, a sentence each; empty where nothing is. */
    static List<String> of(Scope scope, Tunnel tunnel) {
        Clones clones = new Clones(scope);
        String remedy =
                "`linkctl apply --rotate-key " + tunnel.name() + "` makes new ones at both ends of " + tunnel.name();
        for (Tunnel.End end : tunnel.ends()) clones.look(end.host(), tunnel.name(), List.of(), remedy);
        return List.copyOf(clones.out);
    }

    /** The two hosts of a pair share a hub's key. */
    static List<String> of(Scope scope, Hub hub, List<String> hosts) {
        Clones clones = new Clones(scope);
        List<String> sharing =
                scope.fabric().hostsOf(hub.on()).stream().map(Host::name).toList();
        String key = WireguardFiles.key(hub.name());
        String remedy = "on the one that shall get a new key end the interface (`systemctl stop wg-quick@" + hub.name()
                + "`, on FreeBSD `ifconfig " + hub.name() + " destroy`) and remove " + key + ", then apply again"
                + (hub.key() == null ? "" : "; where both take a secret of yours, give each a secret of its own");
        for (String host : hosts) clones.look(host, hub.name(), sharing.contains(host) ? sharing : List.of(), remedy);
        return List.copyOf(clones.out);
    }

    /** The same of the pre-shared key that the host of a tunnel's first end makes. */
    static List<String> psk(Scope scope, Tunnel tunnel) {
        String maker = tunnel.ends().getFirst().host();
        String name = WireguardFiles.publishedPsk(tunnel.name());
        Clones clones = new Clones(scope);
        for (Published.Told copy : scope.published().copies(maker, name)) {
            clones.out.add(both(maker, name, copy) + " have made the same pre-shared key: one of them is a copy of the"
                    + " other. `linkctl apply --rotate-psk " + tunnel.name() + "` has " + maker + " make a new one");
        }
        return List.copyOf(clones.out);
    }

    private void look(String host, String tunnel, List<String> sharing, String remedy) {
        String name = WireguardFiles.publishedKey(tunnel);
        for (Published.Told copy : scope.published().copies(host, name)) {
            if (sharing.contains(copy.host()) && copy.key().equals(name)) continue;
            String key = scope.published().plain(host, name).orElse("");
            out.add(both(host, name, copy) + " tell the same public key " + key
                    + ": one of them is a copy of the other," + " or tells a key that is not its own. Find out which; "
                    + remedy);
        }
    }

    /** The same words whichever of the two is looked at. */
    private static String both(String host, String key, Published.Told copy) {
        Set<String> names = new TreeSet<>(List.of(named(host, key), named(copy.host(), copy.key())));
        return String.join(" and ", names);
    }

    private static String named(String host, String key) {
        return "'" + host + "' (" + key.replaceFirst("^wireguard\\.", "").replaceFirst("\\.(public-key|psk)$", "")
                + ")";
    }
}
