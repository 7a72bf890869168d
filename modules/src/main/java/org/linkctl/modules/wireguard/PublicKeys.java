package org.linkctl.modules.wireguard;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
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

    /**
     * Whether handshakes with the owner of a public key can succeed at all: with the points of small order, zero among them,
     * every product is zero, and WireGuard refuses it as RFC 7748, section 6.1, tells to.
     */
    static boolean isUsable(String publicKey) {
        byte[] little = Base64.getDecoder().decode(publicKey);
        byte[] big = new byte[little.length];
        for (int i = 0; i < little.length; i++) big[i] = little[little.length - 1 - i];
        big[0] &= 0x7f; // The last bit is ignored (RFC 7748, section 5).
        try {
            KeyFactory keys = KeyFactory.getInstance("X25519");
            KeyAgreement product = KeyAgreement.getInstance("X25519");
            product.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, new byte[32])));
            product.doPhase(
                    keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, big))), true);
            return true;
        } catch (InvalidKeyException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 11 has X25519", e);
        }
    }

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
