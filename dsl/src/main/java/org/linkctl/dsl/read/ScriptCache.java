package org.linkctl.dsl.read;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.words.ScriptKind;

/**
 * Compiled files of inventories that gave no message, by the hash of what their classes depend on: the text, the kind,
 * the name in stack frames, and the language. A file that is included has an entry of its own, and data files are read
 * at each run, so that neither needs to be part of the hash. An entry holds all of that once more and is used only where it
 * is the same, so that two hashes may be equal.
 *
 * <p>What is loaded from it is run without being checked again, as linkctl's own classes are. {@link CacheFolder} sees
 * to it that nobody else has written it.
 */
public final class ScriptCache {
    /** Compiles each time. */
    public static final ScriptCache NONE = new ScriptCache(null, "", false);

    private final @Nullable CacheFolder folder;
    private final String language;
    private final boolean reads;

    private ScriptCache(@Nullable CacheFolder folder, String language, boolean reads) {
        this.folder = folder;
        this.language = language;
        this.reads = reads;
    }

    /**
     * @param folder which is made where it is missing
     * @param language differs where the language, the compiler or Java does
     */
    public static ScriptCache in(Path folder, String language) {
        return new ScriptCache(new CacheFolder(folder), language + " " + Runtime.version(), true);
    }

    /** The same cache, with every entry made again that is asked for. */
    public ScriptCache anew() {
        return new ScriptCache(folder, language, false);
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
        String source =
                String.join("\n", language, kind.name(), diagnostics.sources().unit(file), text);
        byte[] key = source.getBytes(StandardCharsets.UTF_8);
        String name = Integer.toHexString(source.hashCode()) + "-" + Long.toHexString(checksum(key));
        Optional<CompiledScript> kept = (reads ? folder.read(name) : Optional.<byte[]>empty())
                .flatMap(bytes -> CompiledScriptFormat.read(bytes, key, file));
        if (kept.isPresent()) {
            diagnostics.sources().restore(file, kept.get().places());
            return kept.get();
        }
        int messages = diagnostics.count();
        CompiledScript compiled = compiler.get();
        boolean silent =
                diagnostics.count() == messages && !diagnostics.sources().isRedacted(file);
        if (compiled != null && silent) folder.write(name, CompiledScriptFormat.write(compiled, key));
        return compiled;
    }

    /** CRC-32. A cryptographic hash would load Java's security providers at each start. */
    static long checksum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return sum.getValue();
    }
}
