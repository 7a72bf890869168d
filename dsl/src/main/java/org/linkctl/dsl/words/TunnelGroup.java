package org.linkctl.dsl.words;

import groovy.lang.IntRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.check.Names;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.Words;
import org.linkctl.model.Fabric;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;
import org.linkctl.spread.Leg;
import org.linkctl.spread.PortAllocator;
import org.linkctl.spread.PortAllocator.Ports;

/**
 * The tunnels of one {@code tunnels}. Tunnel k has the k-th net of each transit block, and ports that depend on the
 * tunnels before it alone: one more renumbers none.
 */
public final class TunnelGroup implements Declarations.Expandable {
    /** A hash over more paths than that has no effect: a nexthop group's weights are 8 bits each (ip-route(8)). */
    private static final int MOST = 256;

    private static final int NET_V4 = 30;
    private static final int NET_V6 = 126;

    private final String name;
    private final Given given;
    private final List<TunnelsSpec.End> ends;
    private final int count;
    private final @Nullable IntRange ports;
    private final List<Cidr> blocks;
    private boolean unread;

    TunnelGroup(String name, Given given, List<TunnelsSpec.End> ends) {
        this.name = name;
        this.given = given;
        this.ends = List.copyOf(ends);
        count = given.number("count").orElse(0);
        ports = given.range("ports").orElse(null);
        blocks = given.prefixes("transit");
    }

    public String name() {
        return name;
    }

    public Place at() {
        return given.at();
    }

    /** Where its port range is written. */
    public Place portsAt() {
        return given.call().of("ports");
    }

    /** The hosts of its two ends. */
    public List<String> hosts() {
        return ends.stream().map(TunnelsSpec.End::host).toList();
    }

    public boolean uses(String host, int port) {
        return ports().filter(range -> range.contains(port)).isPresent() && touches(host);
    }

    public boolean touches(String host) {
        return hosts().contains(host);
    }

    public Optional<IntRange> ports() {
        return unread ? Optional.empty() : Optional.ofNullable(ports);
    }

    @Override
    public Declarations.Stage stage() {
        return Declarations.Stage.PLANNED;
    }

    @Override
    public List<Tunnel> expand(Fabric known) {
        IntRange range = ports;
        if (!given.holdsAll("count", "ports", "transit") || range == null || !possible(range)) {
            given.unread(name);
            unread = true;
            return List.of();
        }
        Leg near = leg(known, 0);
        Leg far = leg(known, 1);
        List<Ports> allocated = PortAllocator.allocate(count, range.getFrom(), range.getTo(), near, far);
        List<Tunnel> tunnels = new ArrayList<>();
        for (int k = 0; k < count; k++) tunnels.add(tunnel(k, allocated.get(k)));
        return tunnels;
    }

    /** How this side's packets to the other leave, where that can be told. */
    private @Nullable Leg leg(Fabric known, int side) {
        return known.host(ends.get(side).host())
                .map(host ->
                        Leg.towards(known, host, ends.get(1 - side).endpoint()).leg())
                .orElse(null);
    }

    private Tunnel tunnel(int k, Ports ports) {
        return new Tunnel(
                name + k,
                name,
                given.number("keepalive").orElse(null),
                given.number("mtu").orElse(null),
                given.psk("psk"),
                List.of(end(k, 0, ports.near()), end(k, 1, ports.far())),
                given.at());
    }

    private Tunnel.End end(int k, int side, int port) {
        TunnelsSpec.End end = ends.get(side);
        List<Cidr> addresses = blocks.stream()
                .flatMap(block -> net(block, k).stream())
                .map(net -> net.at(side + 1))
                .toList();
        return new Tunnel.End(end.host(), port, addresses, end.endpoint(), end.at());
    }

    private static Optional<Cidr> net(Cidr block, int k) {
        return block.subnet(block.isV6() ? NET_V6 : NET_V4, k);
    }

    private boolean possible(IntRange range) {
        boolean joined = joined();
        boolean counted = counted();
        boolean ported = ported(range);
        boolean named = named();
        boolean spaced = spaced();
        return joined && counted && ported && named && spaced; // all of them speak first
    }

    private boolean counted() {
        if (count >= 1 && count <= MOST) return true;
        refuse("count", "count: " + count + " is out of range", "from 1 to " + MOST);
        return false;
    }

    private boolean ported(IntRange range) {
        if (range.isReverse() || range.getFrom() < 1 || range.getTo() > 65_535) {
            String written = range.isReverse() ? range.getTo() + ".." + range.getFrom() : range.toString();
            refuse("ports", "ports: " + written + " is out of range", "upwards, within 1..65535");
            return false;
        }
        int room = range.getTo() - range.getFrom() + 1;
        if (room >= count) return true;
        refuse(
                "ports",
                "ports: " + count + " tunnels need " + count + " ports, " + range + " are " + room,
                "a few more than that let linkctl choose those that spread over the members of a bond");
        return false;
    }

    private boolean named() {
        String last = name + Math.max(0, Math.min(count, MOST) - 1);
        if (Names.isInterface(last)) return true;
        given.refuse(
                given.call().ofName(),
                "'" + Words.shown(last) + "' would be no name for an interface",
                "the tunnels are named " + Words.shown(name)
                        + "0 and so on; an interface's name has letters, digits and"
                        + " _ . = + -, 15 characters at most",
                null);
        return false;
    }

    private boolean joined() {
        String named = "tunnels '" + Words.shown(name) + "'";
        if (given.lacksEnds()) return ends.size() == 2;
        if (ends.size() != 2) {
            refuse(
                    "",
                    named + " have "
                            + (ends.isEmpty() ? "no ends" : ends.size() == 1 ? "one end" : ends.size() + " ends"),
                    "tunnels have two, on two hosts");
            return false;
        }
        if (ends.getFirst().host().equals(ends.getLast().host())) {
            refuse(
                    "",
                    named + " have both ends on " + Words.shown(ends.getFirst().host()),
                    "a tunnel joins two hosts");
            return false;
        }
        if (ends.stream().allMatch(end -> end.endpoint() == null)) {
            refuse(
                    "",
                    named + " have no endpoint: neither end could call the other",
                    "give endpoint: to the end that can be reached");
            return false;
        }
        return true;
    }

    private boolean spaced() {
        if (blocks.isEmpty()) {
            if (given.texts("transit").isEmpty())
                refuse("transit", "transit: names no block", "one for each address family");
            return false;
        }
        for (boolean v6 : new boolean[] {false, true}) {
            if (blocks.stream().filter(block -> block.isV6() == v6).count() > 1) {
                String family = v6 ? "IPv6" : "IPv4";
                refuse("transit", "transit: one block for each address family, here are more", "of " + family);
                return false;
            }
        }
        for (Cidr block : blocks) {
            if (net(block, Math.min(count, MOST) - 1).isPresent()) continue;
            String each = block.isV6() ? "/" + NET_V6 : "/" + NET_V4;
            given.refuse(
                    given.call().of("transit", block.toString()),
                    "transit: '" + block + "' has no room for " + count + " tunnels",
                    "each takes a " + each + " of it: a block of /" + shortest(block) + " would do",
                    null);
            return false;
        }
        return true;
    }

    /** The longest prefix length with room for all. */
    private int shortest(Cidr block) {
        int bits = 32 - Integer.numberOfLeadingZeros(Math.max(count, 1) - 1);
        return (block.isV6() ? NET_V6 : NET_V4) - bits;
    }

    private void refuse(String attribute, String summary, String detail) {
        given.refuse(attribute.isEmpty() ? given.at() : given.call().of(attribute), summary, detail, null);
    }
}
