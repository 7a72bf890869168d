package org.linkctl.dsl.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.linkctl.diag.Diagnostic;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.report.InventoryException;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.source.ScriptPosition;

/** The other files of an inventory's folder. Nothing outside of it can be reached, by dots or by links. */
public final class InventoryFolder {
    /** Some editors and spreadsheets put it before a text in UTF-8. */
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private static final String SAVED = "save it in UTF-8 (in a spreadsheet: as 'CSV UTF-8')";

    private final Path inventory;
    private final String kind;
    private final ScriptPosition position;
    private final DiagnosticCollector diagnostics;

    /**
     * @param inventory the file whose folder it is
     * @param kind what messages call that file
     */
    public InventoryFolder(Path inventory, String kind, ScriptPosition position, DiagnosticCollector diagnostics) {
        this.inventory = inventory;
        this.kind = kind;
        this.position = position;
        this.diagnostics = diagnostics;
    }

    /** @throws InventoryException where there is no such file in the folder */
    public Path find(String name) {
        Path folder = inventory.toAbsolutePath().normalize().getParent();
        if (folder == null) throw failure("'" + MessageText.shown(name) + "' cannot be found");
        try {
            Path found = folder.resolve(name).normalize();
            boolean inside = found.startsWith(folder)
                    && !found.equals(folder)
                    && !Path.of(name).isAbsolute();
            if (!inside) throw failure("'" + MessageText.shown(name) + "' is not in the folder of " + kind);
            if (!Files.isRegularFile(found)) throw failure("no file '" + MessageText.shown(name) + "' beside " + kind);
            if (!found.toRealPath().startsWith(folder.toRealPath())) {
                throw failure("'" + MessageText.shown(name) + "' leads out of the folder of " + kind);
            }
            Path own = inventory.getParent();
            return own == null ? folder.relativize(found) : own.resolve(folder.relativize(found));
        } catch (InvalidPathException | IOException e) {
            throw failure("'" + MessageText.shown(name) + "' cannot be found: "
                    + MessageText.shown(String.valueOf(e.getMessage())));
        }
    }

    /**
     * The text of a file, without a byte order mark.
     *
     * @throws InventoryException where there is no such file in the folder, or it is no text
     */
    public String read(String name) {
        Path file = find(name);
        try {
            byte[] bytes = Files.readAllBytes(file);
            Optional<String> other = otherThanText(bytes);
            if (other.isPresent()) throw failure("'" + MessageText.shown(name) + "' is " + other.get());
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return withoutByteOrderMark(text);
        } catch (CharacterCodingException e) {
            String where = NotUtf8.first(bytes(file))
                    .map(found -> ": line " + found.line() + " has " + found.shown())
                    .orElse("");
            throw failure("'" + MessageText.shown(name) + "' is not a text in UTF-8" + where + "; " + SAVED);
        } catch (IOException e) {
            throw failure("'" + MessageText.shown(name) + "' cannot be read: " + MessageText.shown(e.toString()));
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return new byte[0]; // it was there just now
        }
    }

    public static String withoutByteOrderMark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    ScriptPosition position() {
        return position;
    }

    DiagnosticCollector diagnostics() {
        return diagnostics;
    }

    /** What a file is that was saved otherwise than as a text in UTF-8, by its first bytes. */
    private static Optional<String> otherThanText(byte[] bytes) {
        if (NotUtf8.isUtf16(bytes)) return Optional.of("in UTF-16; " + SAVED);
        if (startsWith(bytes, 'P', 'K', 3, 4)) return Optional.of("a spreadsheet or an archive, no text; " + SAVED);
        for (byte one : bytes) if (one == 0) return Optional.of("no text: it holds NUL characters");
        return Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int... first) {
        if (bytes.length < first.length) return false;
        for (int i = 0; i < first.length; i++) if ((bytes[i] & 0xff) != first[i]) return false;
        return true;
    }

    public InventoryException failure(String summary) {
        return failure(summary, "");
    }

    public InventoryException failure(String summary, String detail) {
        return new InventoryException(
                Diagnostic.error(position.here().ofName(), summary).detail(detail));
    }
}
