package org.linkctl.cli.secrets;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import org.linkctl.cli.io.PrivateFile;
import org.linkctl.cli.io.UserFolders;
import org.linkctl.shell.Fingerprints;

/**
 * The key of the fingerprints that plans show of secrets: 32 random bytes in $XDG_STATE_HOME/linkctl/fingerprint.key
 * (~/.local/state by the XDG Base Directory Specification), made on first use. It is kept since saved plans are
 * compared with later ones, and it never leaves this machine.
 */
public final class FingerprintKey {
    private static final int BYTES = 32;

    private FingerprintKey() {}

    /** Where no file can be written, a key for this run alone: the fingerprints are valid within it. */
    public static Fingerprints of(Map<String, String> environment) {
        Path folder = UserFolders.state(environment).orElse(null);
        if (folder == null) return new Fingerprints(random());
        Path file = folder.resolve("fingerprint.key");
        try {
            byte[] key = read(file);
            return new Fingerprints(key.length == BYTES ? key : make(file));
        } catch (IOException e) {
            return new Fingerprints(random());
        }
    }

    /** A key that others can read is replaced: with it they could test guesses against fingerprints. */
    private static byte[] read(Path file) throws IOException {
        try {
            return PrivateFile.isOpenToOthers(file) ? new byte[0] : Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    /** Of two runs that make the key at the same time, the second takes that of the first. */
    private static byte[] make(Path file) throws IOException {
        Path folder = PrivateFile.folder(java.util.Objects.requireNonNull(file.getParent()));
        Path fresh = Files.createTempFile(
                folder,
                "fingerprint",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            byte[] key = random();
            Files.write(fresh, key);
            if (Files.exists(file) && read(file).length != BYTES) Files.deleteIfExists(file);
            Files.createLink(file, fresh);
            return key;
        } catch (FileAlreadyExistsException e) {
            return read(file);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static byte[] random() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
