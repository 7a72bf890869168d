package org.linkctl.spi;

import java.util.Map;
import java.util.Optional;
import org.linkctl.shell.Secret;

/** What hosts told of themselves that other hosts need, by host and key: public keys, pre-shared keys, bond members. */
public record Published(Map<String, Values> byHost) {
    /** What one host tells. Keys are the module's own, such as {@code wireguard.wg0.public-key}. */
    public record Values(Map<String, String> plain, Map<String, Secret> hidden) {
        public static final Values NONE = new Values(Map.of(), Map.of());

        public Values {
            plain = Map.copyOf(plain);
            hidden = Map.copyOf(hidden);
        }

        public static Values of(String key, String value) {
            return new Values(Map.of(key, value), Map.of());
        }

        public static Values of(String key, Secret value) {
            return new Values(Map.of(), Map.of(key, value));
        }
    }

    public static final Published NOTHING = new Published(Map.of());

    public Published {
        byHost = Map.copyOf(byHost);
    }

    public Optional<String> plain(String host, String key) {
        return Optional.ofNullable(
                byHost.getOrDefault(host, Values.NONE).plain().get(key));
    }

    public Optional<Secret> hidden(String host, String key) {
        return Optional.ofNullable(
                byHost.getOrDefault(host, Values.NONE).hidden().get(key));
    }
}
