package org.linkctl.dsl.words;

import groovy.lang.IntRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.check.Names;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.model.Fabric;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;
import org.linkctl.spread.Leg;
import org.linkctl.spread.PortAllocator;
import org.linkctl.spread.PortAllocator.Ports;

/**
 * The tunnels of one {@code tunnels}. Tunnel k has the k-th subnet of each transit block, and ports that depend only on
 * the tunnels before it: a larger count renumbers no tunnel.
 */
public final class TunnelGroup implements Declarations.Expandable {
    /** The largest count. */
    private static final int MOST = 1_000;

    private static final int NET_V4 = 30;
    private static final int NET_V6 = 126;

    private final String name;
    private final AttributeValues values;
    private final List<TunnelsSpec.End> ends;
    private final int count;
    private final @Nullable IntRange ports;
    private final List<Cidr> blocks;
    private boolean invalid;

    TunnelGroup(String name, AttributeValues values, List<TunnelsSpec.End> ends) {
        this.name = name;
        this.values = values;
        this.ends = List.copyOf(ends);
        count = values.number("count").orElse(0);
        ports = values.range("ports").orElse(null);
        blocks = values.prefixes("transit");
    }

    public String name() {
        return name;
    }

    public Place at() {
        return values.at();
    }

    /** The place of its port range. */
    public Place portsAt() {
        return values.use().of("ports");
    }

    /** The hosts of its two ends. */
    public List<String> hosts() {
        return ends.stream().map(TunnelsSpec.End::host).toList();
    }

    public boolean usesPort(String host, int port) {
        return ports().filter(range -> range.contains(port)).isPresent() && isOn(host);
    }

    public boolean isOn(String host) {
        return hosts().contains(host);
    }

    public Optional<IntRange> ports() {
        return invalid ? Optional.empty() : Optional.ofNullable(ports);
    }

    @Override
    public Declarations.Stage stage() {
        return Declarations.Stage.PLANNED;
    }

    @Override
    public List<Tunnel> expand(Fabric known) {
        IntRange range = ports;
        if (!values.holdsAll("count", "ports", "transit") || range == null || !isValid(range)) {
            values.notDeclared(name);
            invalid = true;
            return List.of();
        }
        Leg near = leg(known, 0);
        Leg far = leg(known, 1);
        List<Ports> allocated = PortAllocator.allocate(count, range.getFrom(), range.getTo(), near, far);
        List<Tunnel> tunnels = new ArrayList<>();
        for (int k = 0; k < count; k++) tunnels.add(tunnel(k, allocated.get(k)));
        return tunnels;
    }

    /** The interface by which this side's packets leave to the other, as far as the fabric determines it. */
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
                values.number("keepalive").orElse(null),
                values.number("mtu").orElse(null),
                values.psk("psk"),
                List.of(end(k, 0, ports.near()), end(k, 1, ports.far())),
                values.at());
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

    private boolean isValid(IntRange range) {
        boolean joined = areEndsValid();
        boolean counted = isCountValid();
        boolean ported = arePortsValid(range);
        boolean named = isNameValid();
        boolean spaced = isTransitValid();
        return joined && counted && ported && named && spaced; // all of them speak first
    }

    private boolean isCountValid() {
        if (count >= 1 && count <= MOST) return true;
        refuse("count", "count: " + count + " is out of range", "from 1 to " + MOST);
        return false;
    }

    private boolean arePortsValid(IntRange range) {
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

    private boolean isNameValid() {
        String last = name + Math.max(0, Math.min(count, MOST) - 1);
        if (Names.isInterface(last)) return true;
        values.refuse(
                values.use().ofName(),
                "'" + MessageText.shown(last) + "' would be no name for an interface",
                "the tunnels are named " + MessageText.shown(name)
                        + "0 and so on; an interface's name has letters, digits and"
                        + " _ . = + -, 15 characters at most",
                null);
        return false;
    }

    private boolean areEndsValid() {
        String named = "tunnels '" + MessageText.shown(name) + "'";
        if (values.hasUnreadableEnds()) return ends.size() == 2;
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
                    named + " have both ends on "
                            + MessageText.shown(ends.getFirst().host()),
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

    private boolean isTransitValid() {
        if (blocks.isEmpty()) {
            if (values.texts("transit").isEmpty())
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
            values.refuse(
                    values.use().of("transit", block.toString()),
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
        values.refuse(attribute.isEmpty() ? values.at() : values.use().of(attribute), summary, detail, null);
    }
}
