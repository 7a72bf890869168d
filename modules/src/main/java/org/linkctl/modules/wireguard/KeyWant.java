package org.linkctl.modules.wireguard;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Hub;
import org.linkctl.model.Os;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Tunnel;
import org.linkctl.spi.Scope;

/**
 * The file of an interface's private key.
 *
 * @param gone it shall be there no more
 * @param renewal null where the key may stay
 * @param given null where the key is made on the host
 * @param unaware the hosts of a hub's spokes that do not run with a given key as the hub's
 */
public record KeyWant(
        Os os,
        String tunnel,
        boolean gone,
        @Nullable Renewal renewal,
        @Nullable GivenKey given,
        Set<String> unaware) implements KeyFile {
    static final String KIND = "wireguard-key";

    /**
     * A key that shall be made anew: at both ends in one run, or sessions would never begin again.
     *
     * @param outworn the public key of the one that shall be there no more
     * @param far the host of the other end
     */
    public record Renewal(String outworn, String far) {
        static @Nullable Renewal of(Scope scope, Tunnel tunnel) {
            String host = scope.host().name();
            return scope.secrets()
                    .outworn()
                    .plain(host, WireguardFiles.publishedKey(tunnel.name()))
                    .map(key -> new Renewal(key, tunnel.farFrom(host).host()))
                    .orElse(null);
        }
    }

    public KeyWant {
        unaware = Set.copyOf(unaware);
    }

    /** What a host's interface of that name runs with: of a tunnel, or of a hub. */
    static KeyWant of(Scope scope, Tunnel tunnel) {
        return new KeyWant(scope.host().os(), tunnel.name(), false, Renewal.of(scope, tunnel), null, Set.of());
    }

    static KeyWant of(Scope scope, Hub hub) {
        SecretRef ref = scope.fabric().isHub(hub, scope.host()) ? hub.key() : null;
        GivenKey given = ref == null ? null : GivenKey.of(scope, ref);
        return new KeyWant(
                scope.host().os(),
                hub.name(),
                false,
                null,
                given,
                given == null ? Set.of() : unaware(scope, hub, given));
    }

    static KeyWant gone(Os os, String tunnel) {
        return new KeyWant(os, tunnel, true, null, null, Set.of());
    }

    private static Set<String> unaware(Scope scope, Hub hub, GivenKey given) {
        Set<String> out = new TreeSet<>();
        for (Hub.Spoke spoke : hub.spokes()) {
            FarView view = FarView.understood(FarView.told(scope, spoke.host(), hub.name()));
            if (view == null || !view.knows(given.publicKey())) out.add(spoke.host());
        }
        return out;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String path() {
        return WireguardFiles.key(tunnel);
    }

    @Override
    public @Nullable SecretRef ref() {
        return given == null ? null : given.ref();
    }

    @Override
    public Set<String> partners() {
        return renewal == null ? Set.of() : Set.of(renewal.far());
    }

    @Override
    public List<String> unknowns() {
        return given == null || given.secret() != null ? List.of() : List.of("what " + given.ref() + " says");
    }
}
