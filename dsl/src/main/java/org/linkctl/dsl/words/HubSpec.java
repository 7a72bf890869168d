package org.linkctl.dsl.words;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.linkctl.model.Hub;
import org.linkctl.net.Cidr;

/** The words in the braces of {@code hub}. */
public final class HubSpec extends EndsSpec<Hub.Spoke> {
    private final List<Cidr> nets;
    private final List<Hub.Peer> peers = new ArrayList<>();

    /** @param nets the hub's addresses, each with the prefix length that those of its peers have */
    HubSpec(InventoryRun run, List<Cidr> nets) {
        super(run);
        this.nets = nets;
    }

    /** A host that connects to the hub, its addresses in the hub's network, and the LAN behind it. */
    public void spoke(
            @FlagOrPrefixes("lan")
                    @NamedParams({
                        @NamedParam(value = "address", type = Object.class, required = true),
                        @NamedParam(value = "lan", type = Object.class)
                    })
                    Map<String, Object> attributes,
            String host) {
        AttributeValues values = values(attributes);
        add(new Hub.Spoke(
                host,
                values.net().addresses("address", nets, 0, 0),
                values.net().prefixesOrFlag("lan"),
                values.isTrue("lan"),
                values.at()));
    }

    /** An end that linkctl does not log in to, such as a phone: its public key, and its addresses in the hub's network. */
    public void peer(
            @Independent({"keepalive", "allowed"})
                    @NamedParams({
                        @NamedParam(value = "publicKey", type = String.class, required = true),
                        @NamedParam(value = "address", type = Object.class, required = true),
                        @NamedParam(value = "endpoint", type = String.class),
                        @NamedParam(value = "keepalive", type = Integer.class),
                        @NamedParam(value = "allowed", type = Object.class),
                        @NamedParam(value = "lan", type = Object.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        AttributeValues values = values(attributes);
        peers.add(new Hub.Peer(
                name,
                values.text("publicKey").orElse(""),
                values.net().addressesIn("address", nets),
                values.net().endpoint("endpoint").orElse(null),
                values.number("keepalive").orElse(null),
                values.net().nets("allowed"),
                values.net().prefixes("lan"),
                values.at()));
    }

    List<Hub.Peer> peers() {
        return peers;
    }
}
