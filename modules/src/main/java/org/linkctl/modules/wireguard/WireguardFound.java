package org.linkctl.modules.wireguard;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Ip;

/**
 * What was found of a tunnel on its host, whatever brings it up there.
 *
 * @param access rights and owner of the configuration file; null where there is none
 * @param conf that file's text, any keys in it hidden; null where there is none
 * @param device null where there is no interface of that name
 * @param named what the endpoint's name stands for; empty where it is an address, or that is not known
 */
public record WireguardFound(
        @Nullable String access,
        @Nullable String conf,
        @Nullable WireguardDevice device,
        KeyFacts key,
        PskFacts psk,
        Set<Ip> named) {
    /** As where nothing is. */
    public static final WireguardFound NONE =
            new WireguardFound(null, null, null, KeyFacts.NONE, PskFacts.NONE, Set.of());

    public WireguardFound {
        named = Set.copyOf(named);
    }
}
