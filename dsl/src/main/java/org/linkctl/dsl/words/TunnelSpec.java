package org.linkctl.dsl.words;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import org.linkctl.model.Tunnel;

/** The words in the braces of {@code tunnel}. */
public final class TunnelSpec extends EndsSpec<Tunnel.End> {
    TunnelSpec(InventoryRun run) {
        super(run);
    }

    /** One end: its host, the UDP port it listens on, its addresses inside the tunnel. */
    public void end(
            @Independent("port")
                    @NamedParams({
                        @NamedParam(value = "port", type = Integer.class, required = true),
                        @NamedParam(value = "address", type = Object.class, required = true),
                        @NamedParam(value = "endpoint", type = String.class)
                    })
                    Map<String, Object> attributes,
            String host) {
        AttributeValues values = values(attributes);
        add(new Tunnel.End(
                host,
                values.number("port").orElse(0),
                values.addresses("address"),
                values.text("endpoint").orElse(null),
                values.at()));
    }
}
