package org.linkctl.dsl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.check.PlaybookChecks;
import org.linkctl.dsl.read.RunLimits;
import org.linkctl.dsl.read.ScriptCache;
import org.linkctl.dsl.read.ScriptRunner;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.source.SourceFiles;
import org.linkctl.dsl.words.PlaybookRun;
import org.linkctl.model.Fabric;
import org.linkctl.plan.ModuleNames;
import org.linkctl.playbook.Parameter;

/** Reads playbooks. */
public final class Playbooks {
    private Playbooks() {}

    /**
     * Runs the file, which collects the steps; none of them is done, and no host is contacted. Never throws for anything
     * that the file holds.
     *
     * @param fabric the inventory that it is for
     * @param given values of its parameters, by name
     * @param modules of which steps name some
     */
    public static LoadedPlaybook load(
            Path file, Fabric fabric, Map<String, String> given, ModuleNames modules, ScriptCache cache) {
        return load(file, fabric, given, modules, cache, RunLimits.DEFAULT);
    }

    /** Classes from the cache that do not fit linkctl's are compiled anew. */
    static LoadedPlaybook load(
            Path file,
            Fabric fabric,
            Map<String, String> given,
            ModuleNames modules,
            ScriptCache cache,
            RunLimits bounds) {
        try {
            return read(file, fabric, given, modules, cache, bounds);
        } catch (LinkageError e) {
            if (cache == ScriptCache.NONE) throw e;
            return read(file, fabric, given, modules, cache.anew(), bounds);
        }
    }

    private static LoadedPlaybook read(
            Path file,
            Fabric fabric,
            Map<String, String> given,
            ModuleNames modules,
            ScriptCache cache,
            RunLimits bounds) {
        SourceFiles sources = new SourceFiles();
        PlaybookRun run = new PlaybookRun(file, sources, fabric, given, modules);
        ScriptRunner runner = new ScriptRunner(cache);
        RunLimits.Outcome outcome = bounds.run(sources, () -> runner.run(run));
        if (outcome.limit() != null) return stopped(run, outcome, sources);
        List<Parameter> missing = run.missing();
        DiagnosticCollector diagnostics = run.diagnostics();
        List<Diagnostic> unknown = PlaybookChecks.unknown(run);
        // What follows from a stand-in for a value that is missing, or wrong, is no mistake of the file.
        if (run.hasWrongValue()) {
            List<Diagnostic> certain = new ArrayList<>(run.certain());
            if (outcome.completed()) certain.addAll(unknown);
            return new LoadedPlaybook(null, List.of(), certain, sources::line);
        }
        if (!outcome.completed()) unknown = List.of();
        if (!missing.isEmpty() && run.isSound() && outcome.completed()) {
            return new LoadedPlaybook(null, unknown.isEmpty() ? missing : List.of(), unknown, sources::line);
        }
        if (!diagnostics.failed()) unknown.forEach(diagnostics::report);
        if (outcome.completed()) PlaybookChecks.check(run, fabric);
        return new LoadedPlaybook(
                diagnostics.failed() ? null : run.playbook(), List.of(), diagnostics.sorted(), sources::line);
    }

    /** The result for a file whose run was stopped, with what was found before. Its thread may still be at work. */
    private static LoadedPlaybook stopped(PlaybookRun run, RunLimits.Outcome outcome, SourceFiles sources) {
        Place at = outcome.at().orElse(new Place(run.file().toString(), 0, 0));
        Diagnostic limit = Diagnostic.error(at, "the playbook is stopped here: it " + outcome.limit())
                .detail("a playbook lists its steps; it does not compute for long");
        boolean follows = !run.missing().isEmpty() && run.isSound();
        List<Diagnostic> all = follows ? List.of(limit) : run.diagnostics().sortedWith(limit);
        return new LoadedPlaybook(null, List.of(), all, sources::line);
    }
}
