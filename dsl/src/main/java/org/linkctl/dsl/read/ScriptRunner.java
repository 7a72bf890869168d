package org.linkctl.dsl.read;

import groovy.lang.Binding;
import groovy.lang.Script;
import java.nio.file.Path;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.words.FabricSpec;
import org.linkctl.dsl.words.InventoryRun;
import org.linkctl.dsl.words.ScriptKind;

/** Reads, compiles and runs one file. */
public final class ScriptRunner {
    private ScriptRunner() {}

    /**
     * Runs the inventory that was asked for.
     *
     * @return whether it ran to its end; where it did not, why was reported
     */
    public static boolean run(InventoryRun run) {
        return run(run.diagnostics(), run.file(), ScriptKind.INVENTORY, ScriptKind.binding(run));
    }

    /**
     * Runs an included file, whose words are those of the braces of {@code fabric}; returns as {@link
     * #run(InventoryRun)}.
     */
    public static boolean include(InventoryRun run, Path file, FabricSpec fabric) {
        return run(run.diagnostics(), file, ScriptKind.INCLUDED, ScriptKind.binding(fabric));
    }

    private static boolean run(DiagnosticCollector diagnostics, Path file, ScriptKind kind, Binding binding) {
        String text = InventoryText.read(diagnostics, file);
        if (text == null) return false;
        String name = file.toString();
        diagnostics.sources().add(name, text);
        Class<? extends Script> script = new Compilation(diagnostics, name, text, kind).compile();
        if (script == null) return false;
        try {
            InvokerHelper.createScript(script, binding).run();
            return true;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError problem) {
            ScriptExceptions.report(diagnostics, problem, new Place(name, 0, 0));
            return false;
        }
    }
}
