package org.linkctl.modules.wireguard;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.SecretRef;
import org.linkctl.shell.Fingerprints;
import org.linkctl.shell.Secret;
import org.linkctl.spi.Scope;

/**
 * A key that is a secret of the user's.
 *
 * @param secret null while it is not known
 * @param publicKey that belongs to it; null while that is not known
 */
public record GivenKey(
        SecretRef ref, @Nullable Secret secret, @Nullable String publicKey, Fingerprints fingerprints) {
    static GivenKey of(Scope scope, SecretRef ref) {
        Optional<Secret> secret = scope.secrets()
                .of(ref, WireguardFiles.KEY_PADDED, "a private key as `wg genkey` prints it: 44 base64 characters");
        return new GivenKey(
                ref,
                secret.map(Secret::line).orElse(null),
                secret.flatMap(PublicKeys::of).orElse(null),
                scope.secrets().fingerprints());
    }

    String show(Secret key) {
        return fingerprints.show(key.line());
    }
}
