package org.linkctl.cli.throughput;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.linkctl.model.Fabric;

/** Results as data. The field names are a promise: docs/plan-json.md. */
public final class ThroughputJson {
    private ThroughputJson() {}

    /** Adds one object for every trial. */
    public static void add(
            ArrayNode array, List<? extends MeasurementOutcome> all, Fabric fabric, EarlierRates earlier) {
        for (MeasurementOutcome one : all) {
            RouteDirection trial = one.trial();
            ObjectNode node = array.addObject()
                    .put("route", trial.route().label())
                    .put("from", trial.from().name())
                    .put("to", trial.to().name());
            switch (one) {
                case MeasurementResult result -> {
                    add(node, result, result.expected(fabric));
                    earlier.of(trial).ifPresent(before -> node.put("before", Math.round(before)));
                    earlier.change(result).ifPresent(change -> node.put("change", change));
                }
                case MeasurementOutcome.Failed(RouteDirection failed, String why) -> node.put("error", why);
            }
        }
    }

    private static void add(ObjectNode node, MeasurementResult result, Map<String, String> expected) {
        node.put("together", Math.round(result.together()))
                .put("alone", Math.round(result.alone()))
                .put("times", result.times())
                .put("congestion", result.sent().congestion())
                .put("resent", result.sent().resent())
                .put("resentShare", result.sent().resentShare());
        if (result.udp() != null) {
            node.putObject("udp")
                    .put("rate", Math.round(result.udp().rate()))
                    .put("lostShare", result.udp().lost())
                    .put("jitter", result.udp().jitter());
        }
        ArrayNode tunnels = node.putArray("tunnels");
        new TreeMap<>(result.tunnelBytes())
                .forEach((tunnel, bytes) -> tunnels.addObject()
                        .put("name", tunnel)
                        .put("bytes", bytes)
                        .put("leavesBy", result.leaves().get(tunnel))
                        .put("expectedBy", expected.get(tunnel)));
        ArrayNode members = node.putArray("members");
        new TreeMap<>(result.memberBytes())
                .forEach((member, bytes) ->
                        members.addObject().put("name", member).put("bytes", bytes));
    }
}
