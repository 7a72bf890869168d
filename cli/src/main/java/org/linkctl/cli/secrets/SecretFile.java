package org.linkctl.cli.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.linkctl.cli.io.PrivateFile;
import org.linkctl.cli.secrets.Provider.Lookup;

/** Reads one secret from one file. */
final class SecretFile {
    private SecretFile() {}

    /** Who is responsible for the file's mode. */
    enum Access {
        /** Only the owner may have access. */
        OWNER_ALONE,
        /** Another program sets the mode. */
        ANY
    }

    /**
     * @param folder the file must not lie outside of it, not by a symbolic link either
     * @param kind the name of the provider in messages
     */
    static Lookup read(Path folder, String name, Access access, String kind) {
        Path file = folder.resolve(name);
        String where = kind + ": " + file;
        try {
            Path real = file.toRealPath();
            if (!real.startsWith(folder.toRealPath())) return new Lookup.Refused(where + ": leads out of " + folder);
            if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS))
                return new Lookup.Refused(where + ": is no file");
            if (access == Access.OWNER_ALONE && PrivateFile.isOpenToOthers(real)) {
                return new Lookup.Refused(where + ": " + PrivateFile.closing(file));
            }
            return text(real, where);
        } catch (NoSuchFileException e) {
            return new Lookup.Absent(where + ": no such file");
        } catch (AccessDeniedException e) {
            return new Lookup.Refused(where + ": permission denied");
        } catch (IOException e) {
            return new Lookup.Refused(where + ": cannot be read");
        }
    }

    private static Lookup text(Path file, String where) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(Provider.LONGEST + 1);
        }
        return decoded(bytes, where);
    }

    static Lookup decoded(byte[] bytes, String where) {
        if (bytes.length > Provider.LONGEST)
            return new Lookup.Refused(where + ": longer than " + Provider.LONGEST + " bytes");
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Provider.found(text, where);
        } catch (CharacterCodingException e) {
            return new Lookup.Refused(where + ": not a text in UTF-8");
        }
    }
}
