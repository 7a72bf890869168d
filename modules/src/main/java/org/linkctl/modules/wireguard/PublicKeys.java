package org.linkctl.modules.wireguard;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import org.linkctl.shell.Secret;

/**
 * The public key that belongs to a private one, as {@code wg pubkey} derives it: the point that the private key makes of
 * Curve25519's base point (RFC 7748, section 6.1).
 */
final class PublicKeys {
    /** The u-coordinate of the base point (RFC 7748, section 4.1). */
    private static final BigInteger BASE = BigInteger.valueOf(9);

    private PublicKeys() {}

    /** Nothing where the secret is no key. */
    static Optional<String> of(Secret privateKey) {
        if (!privateKey.matches(WireguardFiles.KEY_PADDED)) return Optional.empty();
        byte[] bytes = Base64.getDecoder().decode(privateKey.reveal().strip());
        try {
            KeyFactory keys = KeyFactory.getInstance("X25519");
            PublicKey base = keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE));
            KeyAgreement product = KeyAgreement.getInstance("X25519");
            product.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, bytes)));
            product.doPhase(base, true);
            return Optional.of(Base64.getEncoder().encodeToString(product.generateSecret()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 11 has X25519", e);
        }
    }
}
