package org.linkctl.dsl;

import java.nio.file.Path;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.check.Conclusion;
import org.linkctl.dsl.read.Bounds;
import org.linkctl.dsl.read.InventoryText;
import org.linkctl.dsl.read.ScriptRunner;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.source.Sources;
import org.linkctl.dsl.words.InventoryRun;
import org.linkctl.model.Fabric;

/** Reads inventories. */
public final class Inventory {
    private Inventory() {}

    /**
     * Runs the file and checks what it declares. Contacts no host, and never throws for anything that the file holds:
     * everything that is wrong with it is among the diagnostics.
     */
    public static Loaded load(Path file) {
        return load(file, Bounds.USUAL);
    }

    static Loaded load(Path file, Bounds bounds) {
        Sources sources = new Sources();
        InventoryRun run = new InventoryRun(file, sources, ScriptRunner::include);
        Bounds.Reached reached = bounds.run(sources, () -> ScriptRunner.run(run));
        if (reached.limit() != null) return stopped(file, reached);
        DiagnosticCollector diagnostics = run.diagnostics();
        Fabric fabric = Conclusion.of(run, reached.whole() && diagnostics.isComplete());
        return new Loaded(diagnostics.failed() ? null : fabric, diagnostics.sorted(), sources::line);
    }

    /**
     * The result for a file whose run was stopped. Its thread may still be at work on what it collected, so that the
     * source is read anew.
     */
    private static Loaded stopped(Path file, Bounds.Reached reached) {
        Place at = reached.at().orElse(new Place(file.toString(), 0, 0));
        Sources sources = new Sources();
        DiagnosticCollector diagnostics = new DiagnosticCollector(sources);
        String text = InventoryText.read(diagnostics, Path.of(at.file()));
        if (text != null) sources.add(at.file(), text);
        diagnostics.report(Diagnostic.error(at, "the inventory is stopped here: it " + reached.limit())
                .detail("an inventory declares what is to be; it does not compute for long"));
        return new Loaded(null, diagnostics.sorted(), sources::line);
    }
}
