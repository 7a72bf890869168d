package org.linkctl.cli.show;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import org.linkctl.engine.Checkup;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.spi.Diagnosis;

/** What doctor found, as data. The field names are a promise: docs/plan-json.md. */
public final class DoctorJson {
    private DoctorJson() {}

    public static String of(Fabric fabric, Map<Host, Checkup> found) {
        ObjectNode root = Json.object().put("format", Json.FORMAT).put("fabric", fabric.name());
        root.put("clear", found.values().stream().allMatch(Checkup::clear));
        ArrayNode hosts = root.putArray("hosts");
        found.forEach((host, one) -> {
            ObjectNode node = hosts.addObject().put("name", host.name()).put("site", host.site());
            node.put("outcome", one.reached() ? "examined" : "unreachable");
            ArrayNode diagnoses = node.putArray("diagnoses");
            for (Diagnosis each : one.diagnoses()) {
                diagnoses
                        .addObject()
                        .put(
                                "state",
                                each.state().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .put("subject", each.subject())
                        .put("text", each.text())
                        .put("cure", each.cure().isEmpty() ? null : each.cure());
            }
        });
        return Json.text(root);
    }
}
