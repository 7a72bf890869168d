package org.linkctl.dsl.words;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linkctl.model.Endpoint;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Unmanaged;
import org.linkctl.net.Cidr;

/** The words in the braces of {@code tunnel}. */
public final class TunnelSpec extends EndsSpec<Tunnel.End> {
    /** The prefix lengths of a network of two. */
    private static final int NET_V4 = 30;

    private static final int NET_V6 = 126;

    /** An end with an address that is none; what it should be is told when those of the other end are known. */
    private record Unread(AttributeValues values, Tunnel.End end) {}

    private final List<Unread> unread = new ArrayList<>();

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
        List<Cidr> addresses = values.net().readable("address");
        Tunnel.End end = new Tunnel.End(
                host,
                values.number("port").orElse(0),
                addresses,
                values.text("endpoint").orElse(null),
                values.at());
        add(end);
        if (addresses.size() < values.texts("address").size()) unread.add(new Unread(values, end));
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
        Optional<Endpoint> endpoint = values.net().endpoint("endpoint");
        add(new Tunnel.End(
                name,
                endpoint.map(Endpoint::port).orElse(0),
                values.net().addressesIn("address", List.of()),
                endpoint.map(Endpoint::host).orElse(null),
                new Unmanaged(
                        values.text("publicKey").orElse(""), values.text("site").orElse(null)),
                values.at()));
    }

    /** The addresses of the other end. */
    private List<Cidr> others(Tunnel.End end) {
        return super.ends().stream()
                .filter(other -> !other.at().equals(end.at()) || !other.host().equals(end.host()))
                .flatMap(other -> other.addresses().stream())
                .toList();
    }

    /** An address of a peer that was given alone has the prefix length of the other end's. */
    @Override
    List<Tunnel.End> ends() {
        for (Unread one : unread) one.values().net().addresses("address", others(one.end()), NET_V4, NET_V6);
        return super.ends().stream().map(this::withLengths).toList();
    }

    private Tunnel.End withLengths(Tunnel.End end) {
        if (end.unmanaged() == null) return end;
        List<Cidr> others = super.ends().stream()
                .filter(other -> other.unmanaged() == null)
                .flatMap(other -> other.addresses().stream())
                .toList();
        List<Cidr> addresses = end.addresses().stream()
                .map(address -> AddressValues.inNet(address, others))
                .toList();
        return new Tunnel.End(end.host(), end.port(), addresses, end.endpoint(), end.unmanaged(), end.at());
    }
}
