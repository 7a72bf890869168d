package org.linkctl.dsl.check;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.words.PlaybookRun;
import org.linkctl.model.Fabric;
import org.linkctl.model.Tunnel;
import org.linkctl.plan.Way;
import org.linkctl.playbook.Action;
import org.linkctl.playbook.DrainedStates;
import org.linkctl.playbook.Parameter;
import org.linkctl.playbook.Playbook;
import org.linkctl.playbook.Task;

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
        PlaybookChecks checks = new PlaybookChecks(diagnostics, fabric);
        checks.drains(playbook);
        checks.served(playbook.tasks());
        checks.served(playbook.onFailure());
        checks.served(playbook.always());
        playbook.all().forEach(checks::rotates);
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

    /** A new key is one when both ends have it: a step for one of them would only wait for the other. */
    private void rotates(Task task) {
        if (!(task.action() instanceof Action.Apply(var hosts, var only, var psk, var key)) || hosts.isEmpty()) return;
        for (Tunnel tunnel : fabric.tunnels()) {
            boolean ofPsk = psk.contains(tunnel.name());
            if (!ofPsk && !key.contains(tunnel.name())) continue;
            tunnel.ends().stream()
                    .filter(end -> end.unmanaged() == null)
                    .map(Tunnel.End::host)
                    .filter(name -> hosts.stream().noneMatch(host -> host.name().equals(name)))
                    .findFirst()
                    .ifPresent(name -> diagnostics.error(
                            task.at(),
                            "apply: '" + tunnel.name() + "' gets a new key at both of its ends, and hosts: has no '"
                                    + name + "'",
                            "both ends of a tunnel t are t.ends()*.host()",
                            null));
        }
    }

    /** Nothing may be drained that has nothing else to go over, whenever that is, nor undrained that was not drained. */
    private void drains(Playbook playbook) {
        DrainedStates states = DrainedStates.of(playbook, 1);
        Set<String> ever = new LinkedHashSet<>();
        for (Task task : playbook.all().toList()) {
            boolean usual = task.number() <= playbook.tasks().size();
            if (task.action() instanceof Action.Drain(Way way)) {
                ever.addAll(way.names());
                drain(task, way, states.before(task), usual);
            }
            if (task.action() instanceof Action.Undrain(Way way)) {
                Set<String> drained = usual ? drained(states.before(task)) : ever;
                undrain(task, way, drained);
            }
        }
    }

    /** A host serves iperf3(1) to one at a time: to a ping with TCP, or to a measurement. */
    private void served(List<Task> tasks) {
        Map<String, Action.Watch> open = new LinkedHashMap<>();
        for (Task task : tasks) {
            switch (task.action()) {
                case Action.Watch watch -> {
                    if (!watch.tcp()) break;
                    busy(task, "watch", open, other -> other.to().equals(watch.to()));
                    open.put(watch.name(), watch);
                }
                case Action.Outage(var watch, int _) -> open.remove(watch.name());
                case Action.Measure(var hosts, var _, int _, int _, boolean _) ->
                    busy(task, "measure", open, other -> hosts.isEmpty() || hosts.contains(other.to()));
                default -> {}
            }
        }
    }

    private void busy(Task task, String word, Map<String, Action.Watch> open, Predicate<Action.Watch> same) {
        open.values().stream()
                .filter(same)
                .findFirst()
                .ifPresent(other -> diagnostics.error(
                        task.at(),
                        word + ": " + other.to().name() + " serves '" + other.name() + "' then, which has tcp: true",
                        "one at a time has port 5201 of a host; outage('" + other.name() + "') ends it",
                        null));
    }

    private static Set<String> drained(Set<DrainedStates.State> states) {
        Set<String> names = new LinkedHashSet<>();
        states.forEach(state -> names.addAll(state.names()));
        return names;
    }

    private void drain(Task task, Way way, Set<DrainedStates.State> states, boolean usual) {
        for (DrainedStates.State state : states) {
            List<String> before = Way.lost(fabric, state.paths());
            Set<String> paths = new LinkedHashSet<>(state.paths());
            paths.addAll(way.paths());
            List<String> lost = Way.lost(fabric, paths).stream()
                    .filter(what -> !before.contains(what))
                    .toList();
            if (lost.isEmpty()) continue;
            List<String> names = state.names();
            String when = usual ? "drained before: " : "when it begins, these may be drained: ";
            diagnostics.error(
                    task.at(),
                    "drain: '" + way.name() + "' has " + lost.getFirst(),
                    names.isEmpty() ? "" : when + MessageText.list(names) + "; undrain one of them first",
                    null);
            return;
        }
    }

    private void undrain(Task task, Way way, Set<String> drained) {
        List<String> never =
                way.names().stream().filter(name -> !drained.contains(name)).toList();
        if (never.isEmpty()) return;
        String what = never.size() == way.names().size() ? way.name() : String.join(", ", never);
        diagnostics.error(
                task.at(),
                "undrain: no step before this one has drained '" + what + "'",
                "a playbook puts back what it took out itself; `linkctl undrain` puts back anything",
                null);
    }
}
