package org.linkctl.dsl.words;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.check.Names;
import org.linkctl.diag.Place;
import org.linkctl.dsl.data.Csv;
import org.linkctl.dsl.data.Data;
import org.linkctl.dsl.data.DataFiles;
import org.linkctl.dsl.data.JsonFile;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.report.InventoryException;
import org.linkctl.dsl.report.Words;
import org.linkctl.dsl.source.Call;
import org.linkctl.dsl.source.ScriptPosition;
import org.linkctl.dsl.source.Sources;
import org.linkctl.model.SecretRef;

/** One run of an inventory: its files, where in them the script is, what it declared and what is wrong with it. */
public final class InventoryRun {
    /** Compiles and runs an included file; this room does not know how. */
    @FunctionalInterface
    public interface Includer {
        /** @return whether the file ran to its end */
        boolean include(InventoryRun run, Path file, FabricSpec fabric);
    }

    private final Path file;
    private final Includer includer;
    private final DiagnosticCollector diagnostics;
    private final ScriptPosition position;
    private final DataFiles files;
    private final Declarations declarations = new Declarations();

    /** @param file the inventory that was asked for */
    public InventoryRun(Path file, Sources sources, Includer includer) {
        this.file = file;
        this.includer = includer;
        diagnostics = new DiagnosticCollector(sources);
        position = new ScriptPosition(sources);
        files = new DataFiles(file, position, diagnostics);
    }

    /** The inventory that was asked for. */
    public Path file() {
        return file;
    }

    public DiagnosticCollector diagnostics() {
        return diagnostics;
    }

    public ScriptPosition position() {
        return position;
    }

    public Declarations declarations() {
        return declarations;
    }

    void error(Place at, String summary, String detail, @Nullable String suggestion) {
        diagnostics.error(at, summary, detail, suggestion);
    }

    List<Map<String, String>> csv(String name) {
        return Csv.read(files, name);
    }

    Data json(String name) {
        return JsonFile.read(files, name);
    }

    /** The reference that the script makes here. */
    SecretRef secret(String name) {
        Call call = diagnostics.sources().within(position.here(), "secret", name);
        if (!Names.isSecret(name)) {
            error(
                    call.ofName(),
                    "secret: '" + Words.shown(name) + "' is no name of a secret",
                    "it has letters, digits and _ . - and may have several such parts, with / between them",
                    null);
        }
        return new SecretRef(name, call.at());
    }

    void include(String name, FabricSpec fabric) {
        try {
            Path found = files.find(name);
            if (diagnostics.sources().has(found.toString()) || found.equals(file)) {
                throw files.failure("'" + Words.shown(name) + "' is included already");
            }
            if (!includer.include(this, found, fabric)) diagnostics.incomplete();
        } catch (InventoryException failure) {
            diagnostics.incomplete(failure);
        }
    }
}
