package org.linkctl.dsl.read;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.words.ScriptKind;

/**
 * Compiled files of inventories that gave no message, by the hash of what their classes depend on: the text, the kind,
 * the name in stack frames, and the language. A file that is included has an entry of its own, and data files are read
 * at each run, so that neither needs to be part of the hash.
 *
 * <p>What is loaded from it is run without being checked again, as linkctl's own classes are. {@link CacheFolder} sees
 * to it that nobody else has written it.
 */
public final class ScriptCache {
    /** Compiles each time. */
    public static final ScriptCache NONE = new ScriptCache(null, "");

    private final @Nullable CacheFolder folder;
    private final String language;

    private ScriptCache(@Nullable CacheFolder folder, String language) {
        this.folder = folder;
        this.language = language;
    }

    /**
     * @param folder which is made where it is missing
     * @param language differs where the language, the compiler or Java does
     */
    public static ScriptCache in(Path folder, String language) {
        return new ScriptCache(new CacheFolder(folder), language + " " + Runtime.version());
    }

    /** The classes of a file, compiled where the cache has none; null where they cannot be run, which is reported. */
    @Nullable
    CompiledScript get(
            DiagnosticCollector diagnostics,
            String file,
            String text,
            ScriptKind kind,
            Supplier<@Nullable CompiledScript> compiler) {
        if (folder == null) return compiler.get();
        String key = key(diagnostics.sources().unit(file), text, kind);
        Optional<CompiledScript> kept = folder.read(key).flatMap(bytes -> CompiledScriptFormat.read(bytes, file));
        if (kept.isPresent()) {
            diagnostics.sources().restore(file, kept.get().places());
            return kept.get();
        }
        int messages = diagnostics.count();
        CompiledScript compiled = compiler.get();
        boolean silent =
                diagnostics.count() == messages && !diagnostics.sources().isRedacted(file);
        if (compiled != null && silent) folder.write(key, CompiledScriptFormat.write(compiled));
        return compiled;
    }

    private String key(String unit, String text, ScriptKind kind) {
        String all = String.join("\n", language, kind.name(), unit, text);
        return HexFormat.of().formatHex(sha256(all.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) digest.update(part);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
