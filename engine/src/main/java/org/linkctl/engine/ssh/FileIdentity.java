package org.linkctl.engine.ssh;

import com.hierynomus.sshj.key.KeyAlgorithm;
import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.signature.Signature;
import net.schmizz.sshj.userauth.keyprovider.FileKeyProvider;
import net.schmizz.sshj.userauth.keyprovider.PKCS8KeyFile;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.Resource;
import org.jspecify.annotations.Nullable;
import org.linkctl.shell.Secret;

/**
 * A private key in a file, in OpenSSH's format (PROTOCOL.key) or in PEM. The passphrase is asked for only when a server
 * accepts the key.
 */
final class FileIdentity implements Identity {
    private static final String OPENSSH = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final int TRIES = 3;

    private final Path file;
    private final String text;
    private final boolean encrypted;
    private final PasswordCache passwords;
    private final byte[] blob;
    private @Nullable PrivateKey key;

    FileIdentity(Path file, PasswordCache passwords) throws IOException {
        this.file = file;
        this.passwords = passwords;
        this.text = Files.readString(file, StandardCharsets.ISO_8859_1);
        boolean modern = text.startsWith(OPENSSH);
        this.encrypted = modern ? !header().readString().equals("none") : text.contains("ENCRYPTED");
        this.blob = modern ? publicPart() : pem();
    }

    /** What follows the magic word: cipher, key derivation, its options, a count, the public key (PROTOCOL.key). */
    private Buffer.PlainBuffer header() throws IOException {
        int end = text.indexOf("-----END");
        if (end < 0) throw new IOException("not a whole key");
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(text.substring(OPENSSH.length(), end));
            if (bytes.length < MAGIC.length) throw new IOException("not a whole key");
            Buffer.PlainBuffer buffer = new Buffer.PlainBuffer(bytes);
            buffer.readRawBytes(new byte[MAGIC.length]);
            return buffer;
        } catch (IllegalArgumentException e) {
            throw new IOException("not base64", e);
        }
    }

    private byte[] publicPart() throws IOException {
        Buffer.PlainBuffer buffer = header();
        buffer.readString();
        buffer.readString();
        buffer.readBytes();
        buffer.readUInt32();
        return buffer.readBytes();
    }

    /**
     * A PEM file does not hold the public key in clear: it is read from the file beside ({@code .pub}), or the private
     * key has to be decrypted.
     */
    private byte[] pem() throws IOException {
        Path beside = Path.of(file + ".pub");
        Optional<byte[]> shown = PublicKeys.read(beside);
        if (shown.isPresent()) return shown.get();
        KeyPair pair = open();
        key = pair.getPrivate();
        return PublicKeys.blob(pair.getPublic());
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public byte[] blob() {
        return blob;
    }

    @Override
    public synchronized boolean locked() {
        return encrypted && key == null;
    }

    @Override
    public synchronized void unlock() throws IOException {
        if (key == null) key = open().getPrivate();
    }

    @Override
    public byte[] sign(String algorithm, byte[] data) throws IOException {
        unlock();
        PrivateKey opened = key;
        KeyAlgorithm method = Factory.Named.Util.create(Algorithms.PLAIN, algorithm);
        if (opened == null || method == null) throw new IOException(file + ": no way to sign by " + algorithm);
        Signature signature = method.newSignature();
        signature.initSign(opened);
        signature.update(data);
        return new Buffer.PlainBuffer()
                .putString(signature.getSignatureName())
                .putBytes(signature.encode(signature.sign()))
                .getCompactData();
    }

    private KeyPair open() throws IOException {
        if (!encrypted) return open(null);
        IOException last = new IOException(file + ": it has a passphrase, and there is nobody to ask for it");
        for (int i = 0; i < TRIES; i++) {
            String what = "passphrase of " + file + (i == 0 ? "" : " (that was not it)" + " ".repeat(i - 1));
            Optional<Secret> passphrase = passwords.of(what);
            if (passphrase.isEmpty()) break;
            try {
                return open(passphrase.get());
            } catch (IOException e) {
                last = new IOException(file + ": the passphrase does not open it", e);
            }
        }
        throw last;
    }

    private KeyPair open(@Nullable Secret passphrase) throws IOException {
        boolean modern = text.startsWith(OPENSSH);
        if (!modern) CryptoProviders.addBouncyCastle();
        FileKeyProvider reader = modern ? new OpenSSHKeyV1KeyFile() : new PKCS8KeyFile();
        reader.init(new StringReader(text), passphrase == null ? null : new Once(passphrase));
        try {
            return new KeyPair(reader.getPublic(), reader.getPrivate());
        } catch (SSHRuntimeException | IllegalStateException | IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Passes a passphrase to SSHJ, which overwrites the characters that it gets. */
    private record Once(Secret passphrase) implements PasswordFinder {
        @Override
        public char[] reqPassword(Resource<?> resource) {
            return passphrase.reveal().toCharArray();
        }

        @Override
        public boolean shouldRetry(Resource<?> resource) {
            return false;
        }
    }
}
