package org.linkctl.engine.ssh;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;

/**
 * A certificate of a user (OpenSSH, PROTOCOL.certkeys), signed for by the private key that belongs to it. Whether it is good is the
 * server's to say, as with ssh(1).
 */
final class UserCertificate implements Identity {
    private static final String MARK = "-cert-v01@openssh.com";

    /** SSH_CERT_TYPE_USER. */
    private static final long USER = 1;

    /** The fields of the public key, each with its length, which a certificate has after its nonce (PROTOCOL.certkeys). */
    private static final Map<String, Integer> FIELDS = Map.of(
            "ssh-ed25519", 1,
            "ssh-rsa", 2,
            "ecdsa-sha2-nistp256", 2,
            "ecdsa-sha2-nistp384", 2,
            "ecdsa-sha2-nistp521", 2,
            "sk-ssh-ed25519@openssh.com", 2,
            "sk-ecdsa-sha2-nistp256@openssh.com", 3);

    private final String name;
    private final byte[] blob;
    private final Identity signer;

    /** @param signer has the private key of the certificate */
    UserCertificate(String name, byte[] blob, Identity signer) {
        this.name = name;
        this.blob = blob;
        this.signer = signer;
    }

    /** The type of key, or the way to sign, that a name of a certificate's has; the name itself where it is no certificate's. */
    static String plain(String name) {
        if (!name.endsWith(MARK)) return name;
        String plain = name.substring(0, name.length() - MARK.length());
        return plain.startsWith("sk-") ? plain + "@openssh.com" : plain;
    }

    /**
     * The public key that a certificate is about, as it stands without one.
     *
     * @throws IOException where this is no certificate of a user
     */
    static byte[] key(byte[] blob) throws IOException {
        Buffer.PlainBuffer buffer = new Buffer.PlainBuffer(blob);
        String type = buffer.readString();
        Integer fields = FIELDS.get(plain(type));
        if (fields == null || plain(type).equals(type)) throw new IOException("no certificate, but " + type);
        buffer.readBytes();
        Buffer.PlainBuffer key = new Buffer.PlainBuffer().putString(plain(type));
        for (int i = 0; i < fields; i++) key.putBytes(buffer.readBytes());
        buffer.readUInt64();
        if (buffer.readUInt32() != USER) throw new IOException("a certificate of a host, not of a user");
        return key.getCompactData();
    }

    /** Why a server does not take it whatever else holds: that it is not valid now. */
    static Optional<String> outOfTime(byte[] blob, Instant now) throws IOException {
        Buffer.PlainBuffer buffer = new Buffer.PlainBuffer(blob);
        int fields = FIELDS.getOrDefault(plain(buffer.readString()), 0);
        for (int i = 0; i <= fields; i++) buffer.readBytes();
        buffer.readUInt64();
        buffer.readUInt32();
        buffer.readBytes();
        buffer.readBytes();
        Instant after = instant(buffer.readUInt64AsBigInteger().longValue());
        Instant before = instant(buffer.readUInt64AsBigInteger().longValue());
        if (now.isBefore(after)) return Optional.of("it is not valid before " + after);
        return now.isBefore(before) ? Optional.empty() : Optional.of("it was valid until " + before);
    }

    /** All ones stand for no end. */
    private static Instant instant(long seconds) {
        boolean endless = seconds < 0 || seconds > Instant.MAX.getEpochSecond();
        return endless ? Instant.MAX : Instant.ofEpochSecond(seconds);
    }

    /** The one of some keys that a certificate is about. */
    static Optional<Identity> signer(byte[] certificate, List<Identity> keys) throws IOException {
        byte[] key = key(certificate);
        return keys.stream().filter(one -> Arrays.equals(one.blob(), key)).findFirst();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte[] blob() {
        return blob;
    }

    @Override
    public boolean locked() {
        return signer.locked();
    }

    @Override
    public void unlock() throws IOException {
        signer.unlock();
    }

    @Override
    public byte[] sign(String algorithm, byte[] data) throws IOException {
        return signer.sign(plain(algorithm), data);
    }
}
