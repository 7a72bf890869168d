package org.linkctl.engine.ssh;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import java.io.IOException;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.SSHRuntimeException;
import org.jspecify.annotations.Nullable;

/** The host key that a server showed and proved to have: a plain one, or one with a certificate. */
final class ShownKey {
    private final PublicKey plain;
    private final byte[] blob;
    private final @Nullable Certificate<?> certificate;

    ShownKey(PublicKey key) {
        this.certificate = key instanceof Certificate<?> certified ? certified : null;
        this.plain = key instanceof Certificate<?> certified ? certified.getKey() : key;
        this.blob = PublicKeys.blob(plain);
    }

    /** A key as files and certificates hold it; of a certificate the key that it certifies. */
    static ShownKey of(byte[] blob) throws IOException {
        try {
            return new ShownKey(new Buffer.PlainBuffer(blob).readPublicKey());
        } catch (Buffer.BufferException | SSHRuntimeException e) {
            throw new IOException("not a public key: " + e.getMessage(), e);
        }
    }

    /** The key without its certificate (RFC 4253, section 6.6). */
    byte[] blob() {
        return blob;
    }

    @Nullable
    Certificate<?> certificate() {
        return certificate;
    }

    /** By which it can be revoked: its own and that of the authority that certified it. */
    List<byte[]> blobs() {
        Certificate<?> certified = certificate;
        return certified == null ? List.of(blob) : List.of(blob, certified.getSignatureKey());
    }

    /** Bits of an RSA key's modulus; 0: it is none. */
    int rsaBits() {
        if (!(plain instanceof RSAPublicKey rsa)) return 0;
        BigInteger modulus = rsa.getModulus();
        return modulus.bitLength();
    }

    /** Type and fingerprint, as messages show it. */
    String words() throws IOException {
        return PublicKeys.type(blob) + " " + PublicKeys.fingerprint(blob);
    }
}
