package org.linkctl.cli.show;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.model.Host;

/** The record of a rollback, as data: docs/plan-json.md. */
public final class RollbackJson {
    private RollbackJson() {}

    /**
     * @param runs what is to be undone
     * @param outcomes how that ended; of a host that is not there it is not known yet
     * @param about who, when, and how the whole of it ended
     */
    public static String of(
            String fabric, Map<Host, PastRun> runs, Map<Host, Outcome> outcomes, Map<String, String> about) {
        ObjectNode root = Json.object().put("format", Json.FORMAT).put("fabric", fabric);
        ArrayNode hosts = root.putArray("hosts");
        outcomes.forEach((host, outcome) -> host(hosts.addObject(), host, runs.get(host), outcome));
        runs.forEach((host, run) -> {
            if (!outcomes.containsKey(host)) host(hosts.addObject(), host, run, null);
        });
        ObjectNode run = root.putObject("run");
        about.forEach(run::put);
        return Json.text(root);
    }

    private static void host(ObjectNode node, Host host, @Nullable PastRun run, @Nullable Outcome outcome) {
        node.put("name", host.name())
                .put("site", host.site())
                .put("ssh", host.ssh().toString());
        switch (outcome) {
            case null -> node.put("outcome", "unfinished").putNull("why");
            case Outcome.RolledBack back -> node.put("outcome", "rolled-back").put("why", back.told());
            case Outcome.Failed(var _, String step, String output) ->
                node.put("outcome", "failed").put("why", step).put("output", output);
            case Outcome.Locked(String holder) -> node.put("outcome", "locked").put("why", holder);
            case Outcome.Unreachable(String why) ->
                node.put("outcome", "unreachable").put("why", why);
            case Outcome.Refused(String why, var plan) ->
                node.put("outcome", "refused").put("why", why);
            default -> throw new IllegalArgumentException("no end of a rollback: " + outcome);
        }
        if (run == null) return;
        ObjectNode undone = node.putObject("undoes").put("run", run.id());
        run.about().forEach(undone::put);
    }
}
