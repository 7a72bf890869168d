package org.linkctl.cli.shards;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.linkctl.shell.Argv;
import org.linkctl.spi.Resource;

/** What {@link ShardProcess} wants on hosts, and what it finds there. */
final class ShardValues {
    private ShardValues() {}

    /** What is set now: a port, or the devices of a route; empty: nothing is. */
    record Found(String text) {}

    /**
     * A tunnel's end.
     *
     * @param made how it is made
     * @param ping the address of the other end
     */
    record Link(String id, String tunnel, String far, List<Argv> made, int port, String ping) implements Resource {
        @Override
        public Optional<String> way() {
            return Optional.of(tunnel);
        }

        @Override
        public Set<String> provides() {
            return Set.of("tunnel:" + tunnel);
        }
    }

    /**
     * A route.
     *
     * @param hops the far address of each tunnel
     */
    record Way(String id, String to, Map<String, String> hops, Set<String> drained) implements Resource {
        @Override
        public Set<String> spreads() {
            return hops.keySet();
        }

        @Override
        public Set<String> needs() {
            return open().stream().map(tunnel -> "tunnel:" + tunnel).collect(Collectors.toSet());
        }

        /** The tunnels that it is to use now. */
        Set<String> open() {
            Set<String> out = new TreeSet<>(hops.keySet());
            out.removeAll(drained);
            return out.isEmpty() ? hops.keySet() : out;
        }
    }
}
