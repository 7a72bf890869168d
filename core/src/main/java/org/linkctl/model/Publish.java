package org.linkctl.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.Firewall.Ports;
import org.linkctl.model.Firewall.Proto;
import org.linkctl.model.Firewall.Ruleset;
import org.linkctl.net.Ip;

/**
 * Connections to addresses of a host that go to spokes of its hub.
 *
 * @param on a host or a pair, where a hub is
 * @param addresses that are called
 * @param tcp the ports that are
 * @param udp the same
 * @param to the spokes, the most wanted first
 * @param masquerade what goes to a spoke has the hub's address as its source
 * @param ruleset null: that of the host's firewall, and without one the main ruleset
 */
public record Publish(
        String name,
        String on,
        List<Ip> addresses,
        List<Ports> tcp,
        List<Ports> udp,
        List<String> to,
        Choose choose,
        boolean masquerade,
        @Nullable Ruleset ruleset,
        Place at)
        implements HostOrPairIntent {
    @Override
    public String hostOrPair() {
        return on;
    }

    public List<Ports> ports(Proto proto) {
        return proto == Proto.TCP ? tcp : udp;
    }

    /** Which of the spokes that answer a new connection goes to. */
    public enum Choose {
        /** The first one. */
        FIRST_HEALTHY,
        /** One after the other. */
        ROUND_ROBIN
    }

    /** A spoke's address on a hub. */
    public record Target(Hub hub, String host, Ip address) {}

    public Publish {
        addresses = List.copyOf(addresses);
        tcp = List.copyOf(tcp);
        udp = List.copyOf(udp);
        to = List.copyOf(to);
    }
}
