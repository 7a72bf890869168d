package org.linkctl.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.linkctl.model.Fabric;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;

/** The tunnels of one {@code tunnels}: tunnel k depends on k and the group alone, so that one more renumbers none. */
final class TunnelGroup implements Loading.Later {
    private final String name;
    private final Given given;
    private final List<TunnelsSpec.End> ends;
    private final int count;
    private final int firstPort;
    private final List<Cidr> blocks;

    TunnelGroup(String name, Given given, List<TunnelsSpec.End> ends) {
        this.name = name;
        this.given = given;
        this.ends = List.copyOf(ends);
        count = given.number("count").orElse(0);
        firstPort = given.range("ports").map(range -> range.getFrom()).orElse(0);
        blocks = given.prefixes("transit");
    }

    @Override
    public List<Tunnel> expand(Fabric known) {
        return IntStream.range(0, count).mapToObj(this::tunnel).toList();
    }

    private Tunnel tunnel(int k) {
        List<Tunnel.End> both = new ArrayList<>();
        for (int side = 0; side < ends.size(); side++) {
            TunnelsSpec.End end = ends.get(side);
            both.add(new Tunnel.End(end.host(), port(k, side), addresses(k, side), end.endpoint(), end.at()));
        }
        return new Tunnel(
                name + k,
                name,
                given.number("keepalive").orElse(null),
                given.number("mtu").orElse(null),
                given.flag("psk"),
                both,
                given.at());
    }

    private int port(int k, int side) {
        return firstPort + k * (side + 1);
    }

    private List<Cidr> addresses(int k, int side) {
        return blocks.stream()
                .flatMap(block -> block.subnet(block.isV6() ? 126 : 30, k).stream())
                .map(net -> net.at(side + 1))
                .toList();
    }
}
