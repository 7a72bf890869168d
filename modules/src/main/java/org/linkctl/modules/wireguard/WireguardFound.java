package org.linkctl.modules.wireguard;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Ip;

/**
 * What was found of a tunnel on its host, whatever brings it up there.
 *
 * @param access rights and owner of the configuration file; null where there is none
 * @param conf that file's text, any keys in it hidden; null where there is none
 * @param device null where there is no interface of that name
 * @param named what the names of endpoints stand for, the one to call first; none for a name that stands for nothing, or of
 *     which nobody could say
 */
public record WireguardFound(
        @Nullable String access,
        @Nullable String conf,
        @Nullable WireguardDevice device,
        KeyFacts key,
        PskFacts psk,
        Map<String, List<Ip>> named) {
    /** As where nothing is. */
    public static final WireguardFound NONE =
            new WireguardFound(null, null, null, KeyFacts.NONE, PskFacts.NONE, Map.of());

    public WireguardFound {
        named = Map.copyOf(named);
    }
}
