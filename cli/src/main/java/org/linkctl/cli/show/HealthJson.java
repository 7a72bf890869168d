package org.linkctl.cli.show;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.linkctl.cli.throughput.EarlierRates;
import org.linkctl.cli.throughput.MeasurementOutcome;
import org.linkctl.cli.throughput.ThroughputJson;
import org.linkctl.engine.Health;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.spi.Finding;

/** What verify found, as data. The field names are a promise: docs/plan-json.md. */
public final class HealthJson {
    private HealthJson() {}

    /**
     * @param results of {@code --throughput}, if it was asked for
     * @param earlier what they are compared with
     */
    public static String of(
            Fabric fabric, Map<Host, Health> health, List<? extends MeasurementOutcome> results, EarlierRates earlier) {
        ObjectNode root = Json.object().put("format", Json.FORMAT).put("fabric", fabric.name());
        root.put("passes", HealthText.passes(health));
        ArrayNode hosts = root.putArray("hosts");
        health.forEach((host, one) -> {
            ObjectNode node = hosts.addObject().put("name", host.name()).put("site", host.site());
            switch (one) {
                case Health.Examined(List<Finding> findings) -> {
                    node.put("outcome", "examined").putNull("why");
                    ArrayNode array = node.putArray("findings");
                    for (Finding finding : findings) finding(array.addObject(), finding);
                }
                case Health.Unreachable(String why) ->
                    node.put("outcome", "unreachable").put("why", why).putArray("findings");
                case Health.Refused(String why) ->
                    node.put("outcome", "refused").put("why", why).putArray("findings");
            }
        });
        ThroughputJson.add(root.putArray("throughput"), results, fabric, earlier);
        return Json.text(root);
    }

    private static void finding(ObjectNode node, Finding finding) {
        node.put("health", finding.health().name().toLowerCase(Locale.ROOT))
                .put("subject", finding.subject())
                .put("text", finding.text());
    }
}
