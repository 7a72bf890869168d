package org.linkctl.dsl.words;

import groovy.lang.IntRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    /** 0 where it is not given or cannot be read, which was said. */
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
        blocks = values.net().prefixes("transit");
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

    /** Whether something in its own words was refused; its tunnels are there for their names alone then. */
    public boolean isInvalid() {
        return invalid;
    }

    /** The places of the group and of its ends. */
    public List<Place> places() {
        return Stream.concat(Stream.of(at()), ends.stream().map(TunnelsSpec.End::at))
                .toList();
    }

    /** Whether it would have a tunnel of this name with another count; its own is wrong. */
    public boolean mayName(String tunnel) {
        return invalid
                && !isCounted()
                && tunnel.startsWith(name)
                && tunnel.substring(name.length()).matches("[0-9]+");
    }

    @Override
    public List<Tunnel> expand(Fabric known) {
        IntRange range = ports;
        invalid = !isValid();
        if (invalid || range == null) return named();
        Leg near = leg(known, 0);
        Leg far = leg(known, 1);
        List<Ports> allocated = PortAllocator.allocate(count, range.getFrom(), range.getTo(), near, far);
        List<Tunnel> tunnels = new ArrayList<>();
        for (int k = 0; k < count; k++) tunnels.add(tunnel(k, allocated.get(k)));
        return tunnels;
    }

    /** Its tunnels with what is known of them, so that who names one finds it; what they lack is not reported. */
    private List<Tunnel> named() {
        List<Tunnel> tunnels = new ArrayList<>();
        for (int k = 0; k < (isCounted() ? count : 1); k++) tunnels.add(tunnel(k, new Ports(0, 0)));
        return tunnels;
    }

    private boolean isCounted() {
        return count >= 1 && count <= MOST;
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
                IntStream.range(0, ends.size())
                        .mapToObj(side -> end(k, side, side == 0 ? ports.near() : ports.far()))
                        .toList(),
                values.at());
    }

    private Tunnel.End end(int k, int side, int port) {
        TunnelsSpec.End end = ends.get(side);
        List<Cidr> addresses = blocks.stream()
                .flatMap(block -> net(block, k).stream())
                .map(net -> net.at(Math.min(side, 1) + 1))
                .toList();
        return new Tunnel.End(end.host(), port, addresses, end.endpoint(), end.at());
    }

    private static Optional<Cidr> net(Cidr block, int k) {
        return block.subnet(block.isV6() ? NET_V6 : NET_V4, k);
    }

    private boolean isValid() {
        boolean joined = areEndsValid();
        boolean counted = isCountValid();
        boolean ported = arePortsValid();
        boolean named = isNameValid();
        boolean spaced = values.holdsAll("transit") && isTransitValid();
        return joined && counted && ported && named && spaced; // all of them speak first
    }

    private boolean isCountValid() {
        if (isCounted()) return true;
        if (values.number("count").isPresent()) {
            refuse("count", "count: " + count + " is out of range", "from 1 to " + MOST);
        }
        return false;
    }

    private boolean arePortsValid() {
        IntRange range = ports;
        if (range == null) return false;
        if (range.isReverse() || range.getFrom() < 1 || range.getTo() > 65_535) {
            String written = range.isReverse() ? range.getTo() + ".." + range.getFrom() : range.toString();
            refuse("ports", "ports: " + written + " is out of range", "upwards, within 1..65535");
            return false;
        }
        int room = range.getTo() - range.getFrom() + 1;
        if (!isCounted() || room >= count) return true;
        refuse(
                "ports",
                "ports: " + count + " tunnels need " + count + " ports, " + range + " are " + room,
                "a few more than that let linkctl choose those that spread over the members of a bond");
        return false;
    }

    private boolean isNameValid() {
        String last = name + (isCounted() ? count - 1 : 0);
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
            if (!isCounted() || net(block, count - 1).isPresent()) continue;
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
        int bits = 32 - Integer.numberOfLeadingZeros(count - 1);
        return (block.isV6() ? NET_V6 : NET_V4) - bits;
    }

    private void refuse(String attribute, String summary, String detail) {
        values.refuse(attribute.isEmpty() ? values.at() : values.use().of(attribute), summary, detail, null);
    }
}
