package org.linkctl.cli.show;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.linkctl.model.Fabric;
import org.linkctl.playbook.Cut;
import org.linkctl.playbook.Playbook;
import org.linkctl.playbook.Task;

/** A playbook as data, before it is run and after. The field names are a promise: docs/plan-json.md. */
public final class PlaybookJson {
    private PlaybookJson() {}

    /**
     * @param about entries about the run: who, when, how it ended; none before it
     * @param done the steps that were begun, by number
     * @param drained what is drained still
     */
    public static String of(
            Playbook playbook,
            Fabric fabric,
            int from,
            Map<String, String> about,
            Map<Integer, StepReport> done,
            List<String> drained) {
        ObjectNode root = Json.object().put("format", Json.FORMAT).put("playbook", playbook.name());
        root.put("fabric", fabric.name());
        ObjectNode values = root.putObject("parameters");
        playbook.parameters().forEach(one -> values.put(one.name(), one.value()));
        if (!about.isEmpty()) {
            ObjectNode entries = root.putObject("run");
            about.forEach(entries::put);
        }
        tasks(root.putArray("steps"), playbook.tasks(), from, done);
        tasks(root.putArray("onFailure"), playbook.onFailure(), 0, done);
        tasks(root.putArray("always"), playbook.always(), 0, done);
        ArrayNode cuts = root.putArray("cuts");
        for (Cut cut : Cut.of(playbook, fabric, from)) {
            cuts.addObject().put("step", cut.task().number()).put("why", cut.why());
        }
        ArrayNode left = root.putArray("drained");
        drained.forEach(left::add);
        return Json.text(root);
    }

    private static void tasks(ArrayNode array, List<Task> tasks, int from, Map<Integer, StepReport> done) {
        for (Task task : tasks) {
            ObjectNode node = array.addObject()
                    .put("number", task.number())
                    .put("title", task.title())
                    .put("step", ActionText.word(task.action()));
            if (!task.login().isEmpty()) node.put("login", task.login());
            ArrayNode hosts = node.putArray("hosts");
            ActionText.hosts(task.action()).forEach(hosts::add);
            node.put("what", ActionText.what(task.action()));
            ArrayNode conditions = node.putArray("when");
            task.conditions().forEach(one -> conditions.add(one.phrase()));
            StepReport report = done.get(task.number());
            boolean leftOut = task.number() < from;
            node.put("outcome", report == null ? (leftOut ? "left out" : "not begun") : outcome(report));
            if (report == null) continue;
            node.put("why", report.why()).put("seconds", report.seconds());
        }
    }

    private static String outcome(StepReport report) {
        return report.outcome().name().toLowerCase(Locale.ROOT);
    }
}
