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

/** A host key that a server has presented and proved to hold: a plain one, or one with a certificate. */
final class HostKey {
    private final PublicKey plain;
    private final byte[] blob;
    private final @Nullable Certificate<?> certificate;

    HostKey(PublicKey key) {
        this.certificate = key instanceof Certificate<?> certified ? certified : null;
        this.plain = key instanceof Certificate<?> certified ? certified.getKey() : key;
        this.blob = PublicKeys.blob(plain);
    }

    /** A key from a file or a certificate; of a certificate the key that it certifies. */
    static HostKey of(byte[] blob) throws IOException {
        try {
            return new HostKey(new Buffer.PlainBuffer(blob).readPublicKey());
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

    /** The keys by which it can be revoked: its own, and that of its certificate's authority. */
    List<byte[]> blobs() {
        Certificate<?> certified = certificate;
        return certified == null ? List.of(blob) : List.of(blob, certified.getSignatureKey());
    }

    /** Bits of an RSA key's modulus; 0: it is not RSA. */
    int rsaBits() {
        if (!(plain instanceof RSAPublicKey rsa)) return 0;
        BigInteger modulus = rsa.getModulus();
        return modulus.bitLength();
    }

    /** Type and fingerprint, as messages show it. */
    String description() throws IOException {
        return PublicKeys.type(blob) + " " + PublicKeys.fingerprint(blob);
    }
}
