package org.linkctl.dsl.words;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.linkctl.model.Hub;

/** What is known in {@code hub}. */
public final class HubSpec extends Spec {
    private final List<Hub.Spoke> spokes = new ArrayList<>();

    HubSpec(InventoryRun run) {
        super(run);
    }

    List<Hub.Spoke> spokes() {
        return spokes;
    }

    /** A host that calls the hub, and its addresses in the hub's net. */
    public void spoke(
            @NamedParams({@NamedParam(value = "address", type = Object.class, required = true)})
                    Map<String, Object> attributes,
            String host) {
        Given given = given(attributes);
        spokes.add(new Hub.Spoke(host, given.addresses("address"), given.at()));
    }
}
