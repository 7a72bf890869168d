package org.linkctl.dsl.words;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.dsl.data.CsvFile;
import org.linkctl.dsl.data.Data;
import org.linkctl.dsl.data.InventoryFolder;
import org.linkctl.dsl.data.JsonFile;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.source.ScriptPosition;
import org.linkctl.dsl.source.SourceFiles;

/** One run of a file that was asked for: its folder, the position of the script, and the diagnostics. */
public abstract class ScriptRun {
    private final Path file;
    private final DiagnosticCollector diagnostics;
    private final ScriptPosition position;
    private final InventoryFolder files;

    /** @param kind what messages call the file */
    ScriptRun(Path file, String kind, SourceFiles sources, Supplier<Set<String>> independent) {
        this.file = file;
        diagnostics = new DiagnosticCollector(sources, independent);
        position = new ScriptPosition(sources);
        files = new InventoryFolder(file, kind, position, diagnostics);
    }

    /** The file that was asked for. */
    public Path file() {
        return file;
    }

    public DiagnosticCollector diagnostics() {
        return diagnostics;
    }

    public ScriptPosition position() {
        return position;
    }

    InventoryFolder files() {
        return files;
    }

    void error(Place at, String summary, String detail, @Nullable String suggestion) {
        diagnostics.error(at, summary, detail, suggestion);
    }

    List<Map<String, String>> csv(String name) {
        return CsvFile.read(files, name);
    }

    Data json(String name) {
        return JsonFile.read(files, name);
    }

    /** @throws InventoryException where there is no such file in the inventory's folder, or it is no text */
    String text(String name) {
        return files.read(name);
    }
}
