package org.linkctl.cli.show;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Diagnostic;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Stages;
import org.linkctl.model.Host;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Content;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spread.Departure;

/** A plan, or how an apply ended, as data. The field names are a promise: docs/plan-json.md. */
public final class PlanJson {
    private PlanJson() {}

    public static String of(PlanReport report) {
        return Json.text(tree(report));
    }

    /** The same for a saved plan, with what it was made from. */
    public static String of(PlanReport report, SavedPlan.Origin origin) {
        ObjectNode root = tree(report);
        root.set("origin", origin.json());
        return Json.text(root);
    }

    /**
     * The same as the record of a run.
     *
     * @param planned the outcomes of the plan: for a host that was left unchanged, only they hold what was planned
     */
    public static String of(PlanReport report, Map<String, String> about, Map<Host, Outcome> planned) {
        ObjectNode root = tree(report);
        ArrayNode hosts = (ArrayNode) root.path("hosts");
        int at = 0;
        for (var entry : report.outcomes().entrySet()) {
            boolean alone = entry.getValue() instanceof Outcome.Locked
                    || entry.getValue() instanceof Outcome.Unreachable
                    || entry.getValue() instanceof Outcome.Refused;
            ObjectNode node = (ObjectNode) hosts.get(at++);
            if (alone && planned.get(entry.getKey()) instanceof Outcome.WouldChange(HostPlan plan))
                resources(node, plan.items());
        }
        ObjectNode run = root.putObject("run");
        about.forEach(run::put);
        return Json.text(root);
    }

    static ObjectNode tree(PlanReport report) {
        ObjectNode root = Json.object().put("format", Json.FORMAT).put("fabric", report.fabric());
        root.set("summary", summary(report.counts()));
        ArrayNode hosts = root.putArray("hosts");
        report.outcomes().forEach((host, outcome) -> {
            ObjectNode node = host(host, outcome);
            hosts.add(node);
            ArrayNode warnings = node.putArray("warnings");
            for (HostPlan.Warning one : report.hostWarnings().getOrDefault(host, List.of())) {
                warnings.addObject().put("resource", one.resource()).put("text", one.text());
            }
        });
        ArrayNode stages = root.putArray("stages");
        for (Stages.Stage one : report.stages().stages()) stage(stages.addObject(), one);
        ArrayNode cuts = root.putArray("cuts");
        for (Stages.Cut one : report.stages().cuts()) cut(cuts.addObject(), one);
        ArrayNode tunnels = root.putArray("departures");
        for (Departure one : report.departures()) departure(tunnels.addObject(), one);
        ArrayNode warnings = root.putArray("warnings");
        ArrayNode notes = root.putArray("notes");
        for (Diagnostic one : report.warnings()) {
            boolean note = one.severity() == Diagnostic.Severity.NOTE;
            warning((note ? notes : warnings).addObject(), one);
        }
        return root;
    }

    private static void stage(ObjectNode node, Stages.Stage one) {
        one.paths().forEach(node.putArray("paths")::add);
        one.hosts().forEach(node.putArray("hosts")::add);
        node.put("drained", one.drained()).put("new", one.mode() == Stages.Mode.NEW);
        node.put("standsBy", one.mode() == Stages.Mode.STANDBY);
    }

    private static void cut(ObjectNode node, Stages.Cut one) {
        node.put("host", one.host()).put("resource", one.resource()).put("subject", one.subject());
        node.put("seconds", one.seconds()).put("why", one.why().isEmpty() ? null : one.why());
    }

    private static void departure(ObjectNode node, Departure one) {
        node.put("tunnel", one.tunnel()).put("host", one.host()).put("bond", one.bond());
        node.put("member", one.member()).put("why", one.why().isEmpty() ? null : one.why());
    }

    private static void warning(ObjectNode node, Diagnostic one) {
        node.put("file", one.at().file())
                .put("line", one.at().line())
                .put("column", one.at().column());
        node.put("summary", one.summary()).put("detail", one.detail().isEmpty() ? null : one.detail());
    }

    private static ObjectNode summary(ChangeCounts counts) {
        return Json.object()
                .put("hostsToChange", counts.hosts())
                .put("add", counts.add())
                .put("change", counts.change())
                .put("remove", counts.remove())
                .put("cutsTraffic", counts.cuts())
                .put("converged", counts.converged())
                .put("unreachable", counts.unreachable())
                .put("refused", counts.refused())
                .put("failed", counts.failed());
    }

    private static ObjectNode host(Host host, Outcome outcome) {
        ObjectNode node = Json.object()
                .put("name", host.name())
                .put("site", host.site())
                .put("ssh", host.ssh().toString());
        return switch (outcome) {
            case Outcome.Converged() -> outcome(node, "converged", null, List.of());
            case Outcome.WouldChange(HostPlan plan) -> outcome(node, "would-change", null, plan.items());
            case Outcome.Changed(HostPlan plan) -> outcome(node, "changed", null, plan.items());
            case Outcome.NotConverged(HostPlan done, HostPlan left, String why) ->
                outcome(node, "not-converged", why, left.items());
            case Outcome.Failed(HostPlan plan, String step, String output) ->
                outcome(node, "failed", step, plan.items()).put("output", output);
            case Outcome.RolledBack back ->
                outcome(node, "rolled-back", back.told(), back.plan().items());
            case Outcome.Locked(String holder) -> outcome(node, "locked", holder, List.of());
            case Outcome.Unreachable(String why) -> outcome(node, "unreachable", why, List.of());
            case Outcome.Refused(String why, var plan) ->
                outcome(node, "refused", why, plan.map(HostPlan::items).orElse(List.of()));
        };
    }

    private static ObjectNode outcome(
            ObjectNode node, String outcome, @Nullable String why, List<HostPlan.Item> items) {
        node.put("outcome", outcome).put("why", why);
        resources(node, items);
        return node;
    }

    private static void resources(ObjectNode node, List<HostPlan.Item> items) {
        ArrayNode resources = node.putArray("resources");
        for (HostPlan.Item item : items) resources.add(item(item));
    }

    private static ObjectNode item(HostPlan.Item item) {
        ObjectNode node = Json.object().put("id", item.resource()).put("module", item.module());
        ArrayNode changes = node.putArray("changes");
        for (Change change : item.changes()) changes.add(change(change));
        node.put("refused", item.refused());
        ArrayNode adopts = node.putArray("takesOver");
        item.adopts().forEach(adopts::add);
        ArrayNode unknowns = node.putArray("waitsFor");
        item.unknowns().forEach(unknowns::add);
        ArrayNode after = node.putArray("after");
        item.after().forEach(after::add);
        ArrayNode steps = node.putArray("steps");
        for (Step step : item.steps()) steps.add(step(step));
        return node;
    }

    private static ObjectNode change(Change change) {
        return Json.object()
                .put("action", change.action().name().toLowerCase(Locale.ROOT))
                .put("kind", change.kind().name().toLowerCase(Locale.ROOT))
                .put("subject", change.subject())
                .put("before", change.before())
                .put("after", change.after())
                .put("cutsTraffic", change.isCut());
    }

    private static ObjectNode step(Step step) {
        ObjectNode node = Json.object();
        switch (step) {
            case Step.Run run -> words(node.put("kind", "run"), "argv", run.argv());
            case Step.PutFile put -> {
                node.put("kind", "put-file").put("path", put.path()).put("mode", put.mode());
                switch (put.content()) {
                    case Content.Plain(String text) -> node.put("content", text);
                    case Content.Hidden hidden -> node.put("hidden", true);
                }
            }
            case Step.SendFile send ->
                node.put("kind", "send-file")
                        .put("path", send.path())
                        .put("mode", send.mode())
                        .put("source", send.artifact().source())
                        .put("sha256", send.artifact().sha256());
            case Step.Link link ->
                node.put("kind", "link").put("path", link.path()).put("target", link.target());
            case Step.RemoveFile remove -> node.put("kind", "remove-file").put("path", remove.path());
            case Step.GenerateFile make -> {
                node.put("kind", "generate-file").put("path", make.path()).put("mode", make.mode());
                words(node, "argv", make.producer());
            }
            case Step.WriteValue write ->
                node.put("kind", "write-value").put("path", write.path()).put("value", write.value());
        }
        return node;
    }

    private static void words(ObjectNode node, String field, Argv argv) {
        ArrayNode words = node.putArray(field);
        argv.words().forEach(words::add);
    }
}
