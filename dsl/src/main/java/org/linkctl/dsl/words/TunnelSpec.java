package org.linkctl.dsl.words;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.linkctl.model.Tunnel;

/** What is known in {@code tunnel}. */
public final class TunnelSpec extends Spec {
    private final List<Tunnel.End> ends = new ArrayList<>();

    TunnelSpec(InventoryRun run) {
        super(run);
    }

    List<Tunnel.End> ends() {
        return ends;
    }

    /** One end: the host it is on, the UDP port it listens on, its addresses inside the tunnel. */
    public void end(
            @NamedParams({
                        @NamedParam(value = "port", type = Integer.class, required = true),
                        @NamedParam(value = "address", type = Object.class, required = true),
                        @NamedParam(value = "endpoint", type = String.class)
                    })
                    Map<String, Object> attributes,
            String host) {
        Given given = given(attributes);
        ends.add(new Tunnel.End(
                host,
                given.number("port").orElse(0),
                given.addresses("address"),
                given.text("endpoint").orElse(null),
                given.at()));
    }
}
