package org.linkctl.engine.ssh;

import com.hierynomus.sshj.key.KeyAlgorithm;
import com.hierynomus.sshj.userauth.certificate.Certificate;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.signature.Signature;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.script.SafeText;

/** Checks a host certificate for a host, once its authority is known to be trusted (OpenSSH, PROTOCOL.certkeys). */
final class HostCertificateCheck {
    /** SSH_CERT_TYPE_HOST. */
    private static final long HOST = 2;

    /** The signature follows the signed part, with four bytes for its length. */
    private static final int LENGTH = 4;

    private final Certificate<?> certificate;

    HostCertificateCheck(Certificate<?> certificate) {
        this.certificate = certificate;
    }

    /**
     * Follows sshkey_cert_check_host of OpenSSH's sshkey.c.
     *
     * @param name which has to be one of the principals: HostKeyAlias or the host's name
     * @param algorithms CASignatureAlgorithms
     * @return what is wrong with the certificate; null: nothing
     */
    @Nullable
    String fault(String name, List<String> algorithms, Instant now) {
        if (certificate.getType() != HOST) return "it is not a host's";
        if (now.isBefore(instant(certificate.getValidAfter())))
            return "it is not valid before " + instant(certificate.getValidAfter());
        if (!now.isBefore(instant(certificate.getValidBefore())))
            return "it was valid until " + instant(certificate.getValidBefore());
        List<String> principals = certificate.getValidPrincipals();
        if (principals.isEmpty()) return "it names no host";
        if (principals.stream().noneMatch(pattern -> KnownHosts.wildcard(pattern, name, false)))
            return "it is for " + SafeText.start(String.join(", ", principals)) + ", not for " + name;
        if (!certificate.getCritOptions().isEmpty())
            return "it has critical options, of which none is known for hosts: "
                    + SafeText.start(
                            String.join(", ", certificate.getCritOptions().keySet()));
        try {
            return signature(algorithms);
        } catch (IOException | SSHRuntimeException | IllegalArgumentException e) {
            return "its signature cannot be checked: " + SafeText.start(String.valueOf(e.getMessage()));
        }
    }

    private static Instant instant(Date date) {
        return date.toInstant();
    }

    private @Nullable String signature(List<String> allowed) throws IOException {
        String algorithm = new Buffer.PlainBuffer(certificate.getSignature()).readString();
        KeyAlgorithm method = Factory.Named.Util.create(Algorithms.PLAIN, algorithm);
        if (method == null || !allowed.contains(algorithm))
            return "it is signed by " + SafeText.start(algorithm)
                    + ", which CASignatureAlgorithms or linkctl does not take";
        PublicKey authority = new Buffer.PlainBuffer(certificate.getSignatureKey()).readPublicKey();
        byte[] whole = new Buffer.PlainBuffer().putPublicKey(certificate).getCompactData();
        Signature signature = method.newSignature();
        signature.initVerify(authority);
        signature.update(whole, 0, whole.length - certificate.getSignature().length - LENGTH);
        return signature.verify(certificate.getSignature()) ? null : "its signature is not that authority's";
    }
}
