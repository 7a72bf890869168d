package org.linkctl.dsl.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.words.PlaybookRun;
import org.linkctl.model.Fabric;
import org.linkctl.model.Route;
import org.linkctl.playbook.Action;
import org.linkctl.playbook.Parameter;
import org.linkctl.playbook.Playbook;
import org.linkctl.playbook.Task;
import org.linkctl.playbook.Way;

/** Checks a playbook that was read as a whole. */
public final class PlaybookChecks {
    private final DiagnosticCollector diagnostics;
    private final Fabric fabric;

    private PlaybookChecks(DiagnosticCollector diagnostics, Fabric fabric) {
        this.diagnostics = diagnostics;
        this.fabric = fabric;
    }

    /** Reports what is wrong. */
    public static void check(PlaybookRun run, Fabric fabric) {
        DiagnosticCollector diagnostics = run.diagnostics();
        if (diagnostics.failed()) return;
        Place top = new Place(run.file().toString(), 0, 0);
        if (!run.isNamed()) {
            diagnostics.error(
                    top, "no playbook is declared", "a playbook is: playbook('name', about: '…') { … }", null);
            return;
        }
        Playbook playbook = run.playbook();
        if (playbook.tasks().isEmpty()) {
            diagnostics.report(Diagnostic.error(playbook.at(), "the playbook has no steps for these values"));
        }
        new PlaybookChecks(diagnostics, fabric).drains(playbook.tasks());
    }

    /** Values that were given for parameters that the playbook has not. */
    public static List<Diagnostic> unknown(PlaybookRun run) {
        Playbook playbook = run.playbook();
        List<String> known = playbook.parameters().stream().map(Parameter::name).toList();
        return run.unknown().stream()
                .map(name -> Diagnostic.error(
                                playbook.at(),
                                "-e " + MessageText.shown(name) + "=…: the playbook has no such parameter")
                        .detail(known.isEmpty() ? "it has none" : "it has " + MessageText.list(known))
                        .suggest(MessageText.suggestion(name, known)))
                .toList();
    }

    /** Nothing may be drained whose traffic has no other way. */
    private void drains(List<Task> tasks) {
        Set<String> drained = new LinkedHashSet<>();
        for (Task task : tasks) {
            if (task.action() instanceof Action.Undrain(Way way)) drained.removeAll(way.paths());
            if (!(task.action() instanceof Action.Drain(Way way))) continue;
            Set<String> before = Set.copyOf(drained);
            drained.addAll(way.paths());
            List<Route> lost = Way.lost(fabric, drained).stream()
                    .filter(route -> !before.containsAll(route.via()))
                    .toList();
            if (lost.isEmpty()) continue;
            Route route = lost.getFirst();
            diagnostics.error(
                    task.at(),
                    "drain: '" + way.name() + "' has the last way between " + String.join(" and ", route.between()),
                    before.isEmpty()
                            ? "the route goes over " + MessageText.list(route.via()) + " alone"
                            : "drained before: " + MessageText.list(before) + "; undrain one of them first",
                    null);
        }
    }
}
