package org.linkctl.engine.ssh;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.schmizz.sshj.common.Buffer;

/**
 * A key revocation list of ssh-keygen(1) -k (OpenSSH, PROTOCOL.krl). Content that is not known makes the list
 * unreadable: it might revoke this key.
 */
final class Krl {
    private static final byte[] MAGIC = {'S', 'S', 'H', 'K', 'R', 'L', '\n', 0};
    private static final long VERSION = 1;

    private static final int CERTIFICATES = 1;
    private static final int EXPLICIT = 2;
    private static final int SHA1 = 3;
    private static final int SHA256 = 5;
    private static final int EXTENSION = 255;

    private static final int SERIAL_LIST = 0x20;
    private static final int SERIAL_RANGE = 0x21;
    private static final int SERIAL_BITMAP = 0x22;
    private static final int KEY_ID = 0x23;
    private static final int CERTIFICATE_EXTENSION = 0x39;

    private final HostKey key;

    private Krl(HostKey key) {
        this.key = key;
    }

    static boolean isKrl(byte[] file) {
        return file.length >= MAGIC.length && Arrays.equals(MAGIC, 0, MAGIC.length, file, 0, MAGIC.length);
    }

    /** @throws IOException where the list cannot be read to its end */
    static boolean revokes(byte[] file, HostKey key) throws IOException {
        Buffer.PlainBuffer in = new Buffer.PlainBuffer(file);
        in.readRawBytes(new byte[MAGIC.length]);
        if (in.readUInt32() != VERSION) throw new IOException("its format is not version " + VERSION);
        in.readUInt64();
        in.readUInt64();
        in.readUInt64();
        in.readBytes();
        in.readBytes();
        Krl list = new Krl(key);
        boolean revoked = false;
        while (in.available() > 0) revoked |= list.section(in.readByte() & 0xff, buffer(in));
        return revoked;
    }

    private boolean section(int type, Buffer.PlainBuffer in) throws IOException {
        return switch (type) {
            case CERTIFICATES -> certificates(in);
            case EXPLICIT -> contains(in, key.blobs());
            case SHA1 -> contains(in, hashes("SHA-1"));
            case SHA256 -> contains(in, hashes("SHA-256"));
            case EXTENSION -> extension(in);
            default -> throw new IOException("it has a section of type " + type + ", which is not known");
        };
    }

    private List<byte[]> hashes(String algorithm) {
        try {
            List<byte[]> hashes = new ArrayList<>();
            for (byte[] blob : key.blobs())
                hashes.add(MessageDigest.getInstance(algorithm).digest(blob));
            return hashes;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    private static boolean contains(Buffer.PlainBuffer in, List<byte[]> wanted) throws IOException {
        boolean found = false;
        while (in.available() > 0) {
            byte[] one = in.readBytes();
            found |= wanted.stream().anyMatch(blob -> Arrays.equals(blob, one));
        }
        return found;
    }

    private static boolean extension(Buffer.PlainBuffer in) throws IOException {
        String name = in.readString();
        if (in.readBoolean()) throw new IOException("it has the critical extension " + name + ", which is not known");
        return false;
    }

    /** Certificates of one authority, or of all where none is named. */
    private boolean certificates(Buffer.PlainBuffer in) throws IOException {
        byte[] authority = in.readBytes();
        in.readBytes();
        Certificate<?> certificate = key.certificate();
        boolean ofAuthority = certificate != null
                && (authority.length == 0 || Arrays.equals(authority, certificate.getSignatureKey()));
        boolean revoked = false;
        while (in.available() > 0) {
            int type = in.readByte() & 0xff;
            Buffer.PlainBuffer part = buffer(in);
            if (type == CERTIFICATE_EXTENSION) revoked |= extension(part);
            else if (type < SERIAL_LIST || type > KEY_ID)
                throw new IOException("it has a certificate section of type " + type + ", which is not known");
            else if (ofAuthority && certificate != null) revoked |= revokes(type, part, certificate);
        }
        return revoked;
    }

    private static boolean revokes(int type, Buffer.PlainBuffer in, Certificate<?> certificate) throws IOException {
        BigInteger serial = certificate.getSerial();
        boolean found = false;
        // Serial number 0 means none, and is revoked by no list (krl.c, is_cert_revoked).
        boolean numbered = serial.signum() != 0;
        while (in.available() > 0) {
            switch (type) {
                case SERIAL_LIST -> found |= in.readUInt64AsBigInteger().equals(serial) && numbered;
                case SERIAL_RANGE -> {
                    BigInteger low = in.readUInt64AsBigInteger();
                    BigInteger high = in.readUInt64AsBigInteger();
                    found |= numbered && low.compareTo(serial) <= 0 && serial.compareTo(high) <= 0;
                }
                case SERIAL_BITMAP -> {
                    BigInteger offset = in.readUInt64AsBigInteger();
                    BigInteger bit = serial.subtract(offset);
                    BigInteger bits = in.readMPInt();
                    found |= numbered
                            && bit.signum() >= 0
                            && bit.bitLength() < Integer.SIZE
                            && bits.testBit(bit.intValue());
                }
                default -> found |= in.readString().equals(certificate.getId());
            }
        }
        return found;
    }

    private static Buffer.PlainBuffer buffer(Buffer.PlainBuffer in) throws IOException {
        return new Buffer.PlainBuffer(in.readBytes());
    }
}
