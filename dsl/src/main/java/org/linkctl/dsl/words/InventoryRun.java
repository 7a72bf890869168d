package org.linkctl.dsl.words;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.check.Names;
import org.linkctl.diag.Place;
import org.linkctl.dsl.data.CsvFile;
import org.linkctl.dsl.data.Data;
import org.linkctl.dsl.data.InventoryFolder;
import org.linkctl.dsl.data.JsonFile;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.report.InventoryException;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.source.ScriptPosition;
import org.linkctl.dsl.source.SourceFiles;
import org.linkctl.dsl.source.WordUse;
import org.linkctl.model.SecretRef;

/** One run of an inventory: its files, the position of the script in them, what it declared and the diagnostics. */
public final class InventoryRun {
    /** Compiles and runs an included file; an interface, since reading files is above the words. */
    @FunctionalInterface
    public interface Includer {
        /** @return whether the file ran to its end */
        boolean include(InventoryRun run, Path file, FabricSpec fabric);
    }

    private final Path file;
    private final Includer includer;
    private final DiagnosticCollector diagnostics;
    private final ScriptPosition position;
    private final InventoryFolder files;
    private final Declarations declarations = new Declarations();

    /** @param file the inventory that was asked for */
    public InventoryRun(Path file, SourceFiles sources, Includer includer) {
        this.file = file;
        this.includer = includer;
        diagnostics = new DiagnosticCollector(sources, Vocabulary::independentAttributes);
        position = new ScriptPosition(sources);
        files = new InventoryFolder(file, position, diagnostics);
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
        return CsvFile.read(files, name);
    }

    Data json(String name) {
        return JsonFile.read(files, name);
    }

    /** @throws InventoryException where there is no such file in the inventory's folder, or it is no text */
    String text(String name) {
        return files.read(name);
    }

    /** The reference at the script's position; a name that is not allowed is reported. */
    SecretRef secret(String name) {
        WordUse use = diagnostics.sources().useWithin(position.here(), "secret", name);
        if (!Names.isSecret(name)) {
            error(
                    use.ofName(),
                    "secret: '" + MessageText.shown(name) + "' is no name of a secret",
                    "it has letters, digits and _ . - and may have several such parts, with / between them",
                    null);
        }
        return new SecretRef(name, use.at());
    }

    void include(String name, FabricSpec fabric) {
        try {
            Path found = files.find(name);
            if (diagnostics.sources().has(found.toString()) || found.equals(file)) {
                throw files.failure("'" + MessageText.shown(name) + "' is included already");
            }
            if (!includer.include(this, found, fabric)) diagnostics.incomplete();
        } catch (InventoryException failure) {
            diagnostics.incomplete(failure);
        }
    }
}
