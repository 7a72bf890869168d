package org.linkctl.dsl.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.dsl.data.InventoryFolder;
import org.linkctl.dsl.data.NotUtf8;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.words.ScriptKind;

/** Reads the text of an inventory, or of a file that it includes. */
public final class InventoryText {
    private InventoryText() {}

    /** The text without a byte order mark; null where the file cannot be read, which is reported. */
    public static @Nullable String read(DiagnosticCollector diagnostics, Path file, ScriptKind kind) {
        Place at = new Place(file.toString(), 0, 0);
        try {
            if (Files.isDirectory(file)) {
                diagnostics.error(at, "is a folder, not " + kind.title(), "", null);
                return null;
            }
            byte[] bytes = Files.readAllBytes(file);
            if (!NotUtf8.isUtf16(bytes)) {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                return InventoryFolder.withoutByteOrderMark(text);
            }
            diagnostics.error(at, "is in UTF-16; " + kind.title() + " is a text in UTF-8", "save it in UTF-8", null);
        } catch (NoSuchFileException e) {
            diagnostics.error(at, "no such file", "", null);
        } catch (CharacterCodingException e) {
            notUtf8(diagnostics, file);
        } catch (IOException e) {
            String why = e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
            diagnostics.error(at, "cannot be read: " + MessageText.shown(why), "", null);
        }
        return null;
    }

    private static void notUtf8(DiagnosticCollector diagnostics, Path file) {
        NotUtf8 found;
        try {
            found = NotUtf8.first(Files.readAllBytes(file)).orElse(null);
        } catch (IOException e) {
            found = null; // it was there just now
        }
        Place at = found == null
                ? new Place(file.toString(), 0, 0)
                : new Place(file.toString(), found.line(), found.column());
        String what = found == null ? "" : ": here is " + found.shown();
        diagnostics.error(at, "not a text in UTF-8" + what, "save it in UTF-8", null);
    }
}
