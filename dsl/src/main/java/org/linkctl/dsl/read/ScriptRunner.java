package org.linkctl.dsl.read;

import groovy.lang.Binding;
import java.nio.file.Path;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.words.FabricSpec;
import org.linkctl.dsl.words.InventoryRun;
import org.linkctl.dsl.words.PlaybookRun;
import org.linkctl.dsl.words.ScriptKind;

/** Reads, compiles and runs one file. */
public final class ScriptRunner {
    private final ScriptCache cache;

    /** @param cache of compiled files */
    public ScriptRunner(ScriptCache cache) {
        this.cache = cache;
    }

    /**
     * Runs the inventory that was asked for.
     *
     * @return whether it ran to its end; where it did not, why was reported
     */
    public boolean run(InventoryRun run) {
        return run(run.diagnostics(), run.file(), ScriptKind.INVENTORY, ScriptKind.binding(run));
    }

    /** Runs the playbook that was asked for; returns as {@link #run(InventoryRun)}. */
    public boolean run(PlaybookRun run) {
        return run(run.diagnostics(), run.file(), ScriptKind.PLAYBOOK, ScriptKind.binding(run));
    }

    /**
     * Runs an included file, whose words are those of the braces of {@code fabric}; returns as {@link
     * #run(InventoryRun)}.
     */
    public boolean include(InventoryRun run, Path file, FabricSpec fabric) {
        return run(run.diagnostics(), file, ScriptKind.INCLUDED, ScriptKind.binding(fabric));
    }

    private boolean run(DiagnosticCollector diagnostics, Path file, ScriptKind kind, Binding binding) {
        String text = InventoryText.read(diagnostics, file, kind);
        if (text == null) return false;
        String name = file.toString();
        diagnostics.sources().add(name, text);
        CompiledScript script = cache.get(
                diagnostics, name, text, kind, () -> new Compilation(diagnostics, name, text, kind).compile());
        if (script == null) return false;
        try {
            script.create(binding).run();
            return true;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError problem) {
            ScriptExceptions.report(diagnostics, problem, new Place(name, 0, 0));
            return false;
        }
    }
}
