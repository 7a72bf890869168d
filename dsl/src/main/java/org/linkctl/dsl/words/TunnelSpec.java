package org.linkctl.dsl.words;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linkctl.model.Endpoint;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Unmanaged;
import org.linkctl.net.Cidr;

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

    /** The end that linkctl does not log in to: its public key, its addresses inside the tunnel, and where it is found. */
    public void peer(
            @NamedParams({
                        @NamedParam(value = "publicKey", type = String.class, required = true),
                        @NamedParam(value = "address", type = Object.class, required = true),
                        @NamedParam(value = "endpoint", type = String.class),
                        @NamedParam(value = "site", type = String.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        AttributeValues values = values(attributes);
        Optional<Endpoint> endpoint = values.endpoint("endpoint");
        add(new Tunnel.End(
                name,
                endpoint.map(Endpoint::port).orElse(0),
                values.addressesIn("address", List.of()),
                endpoint.map(Endpoint::host).orElse(null),
                new Unmanaged(
                        values.text("publicKey").orElse(""), values.text("site").orElse(null)),
                values.at()));
    }

    /** An address of a peer that was given alone has the prefix length of the other end's. */
    @Override
    List<Tunnel.End> ends() {
        return super.ends().stream().map(this::withLengths).toList();
    }

    private Tunnel.End withLengths(Tunnel.End end) {
        if (end.unmanaged() == null) return end;
        List<Cidr> others = super.ends().stream()
                .filter(other -> other.unmanaged() == null)
                .flatMap(other -> other.addresses().stream())
                .toList();
        List<Cidr> addresses = end.addresses().stream()
                .map(address -> AttributeValues.inNet(address, others))
                .toList();
        return new Tunnel.End(end.host(), end.port(), addresses, end.endpoint(), end.unmanaged(), end.at());
    }
}
