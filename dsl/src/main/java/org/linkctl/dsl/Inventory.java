package org.linkctl.dsl;

import java.nio.file.Path;
import java.util.List;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.check.RefusalReport;
import org.linkctl.dsl.read.RunLimits;
import org.linkctl.dsl.read.ScriptCache;
import org.linkctl.dsl.read.ScriptRunner;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.source.SourceFiles;
import org.linkctl.dsl.words.InventoryRun;
import org.linkctl.model.Fabric;
import org.linkctl.spi.SystemLimits;

/** Reads inventories. */
public final class Inventory {
    private Inventory() {}

    /**
     * Runs the file and checks what it declares. Contacts no host, and never throws for anything that the file holds:
     * everything that is wrong with it is among the diagnostics.
     *
     * @param limits what is not made on hosts of a system yet, and so refused
     */
    public static Loaded load(Path file, List<SystemLimits> limits) {
        return load(file, limits, ScriptCache.NONE);
    }

    /** The same, with a cache of compiled files. */
    public static Loaded load(Path file, List<SystemLimits> limits, ScriptCache cache) {
        return load(file, limits, cache, RunLimits.DEFAULT);
    }

    /** Classes from the cache that do not fit linkctl's are compiled anew. */
    static Loaded load(Path file, List<SystemLimits> limits, ScriptCache cache, RunLimits bounds) {
        try {
            return read(file, limits, cache, bounds);
        } catch (LinkageError e) {
            if (cache == ScriptCache.NONE) throw e;
            return read(file, limits, cache.anew(), bounds); // from the beginning: a part may have been declared
        }
    }

    private static Loaded read(Path file, List<SystemLimits> limits, ScriptCache cache, RunLimits bounds) {
        SourceFiles sources = new SourceFiles();
        ScriptRunner runner = new ScriptRunner(cache);
        InventoryRun run = new InventoryRun(file, sources, runner::include);
        RunLimits.Outcome outcome = bounds.run(sources, () -> runner.run(run));
        if (outcome.limit() != null) return stopped(run, outcome, sources);
        DiagnosticCollector diagnostics = run.diagnostics();
        Fabric fabric = RefusalReport.checked(run, limits, outcome.completed() && diagnostics.isComplete());
        return new Loaded(diagnostics.failed() ? null : fabric, diagnostics.sorted(), sources::line);
    }

    /** The result for a file whose run was stopped, with what was found before. Its thread may still be at work. */
    private static Loaded stopped(InventoryRun run, RunLimits.Outcome outcome, SourceFiles sources) {
        Place at = outcome.at().orElse(new Place(run.file().toString(), 0, 0));
        Diagnostic limit = Diagnostic.error(at, "the inventory is stopped here: it " + outcome.limit())
                .detail("an inventory declares what is to be; it does not compute for long");
        return new Loaded(null, run.diagnostics().sortedWith(limit), sources::line);
    }
}
