package org.linkctl.dsl.words;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import org.linkctl.model.Hub;

/** The words in the braces of {@code hub}. */
public final class HubSpec extends EndsSpec<Hub.Spoke> {
    HubSpec(InventoryRun run) {
        super(run);
    }

    /** A host that connects to the hub, and its addresses in the hub's network. */
    public void spoke(
            @NamedParams({@NamedParam(value = "address", type = Object.class, required = true)})
                    Map<String, Object> attributes,
            String host) {
        AttributeValues values = values(attributes);
        add(new Hub.Spoke(host, values.addresses("address"), values.at()));
    }
}
