package org.linkctl.check;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.Balance;
import org.linkctl.model.Bond;
import org.linkctl.model.Bridge;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Group;
import org.linkctl.model.Host;
import org.linkctl.model.HostAddresses;
import org.linkctl.model.Hub;
import org.linkctl.model.Link;
import org.linkctl.model.Nic;
import org.linkctl.model.Pair;
import org.linkctl.model.ProxyArp;
import org.linkctl.model.Publish;
import org.linkctl.model.Route;
import org.linkctl.model.Site;
import org.linkctl.model.SshTarget;
import org.linkctl.model.StateSync;
import org.linkctl.model.Sysctl;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Vip;
import org.linkctl.model.Vlan;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Values that are wrong whatever stands elsewhere. */
final class ValueChecks {
    /** Parameters whose values are parts of names of kernel modules. */
    private static final Set<String> ALGORITHMS = Set.of("net.ipv4.tcp_congestion_control", "net.core.default_qdisc");

    /** Parameters that other checks look into: numbers (ip-sysctl.rst, inet(4), inet6(4), carp(4)). */
    private static final Pattern SWITCH = Pattern.compile(
            "net\\.ipv[46]\\.conf\\.[^.]+\\.(?:forwarding|disable_ipv6|rp_filter)"
                    + "|net\\.ipv4\\.(?:ip_forward|icmp_echo_ignore_all)|net\\.ipv[46]\\.fib_multipath_hash_policy"
                    + "|net\\.inet6?\\.ip6?\\.forwarding|net\\.inet\\.carp\\.(?:allow|preempt)|net\\.route\\.multipath");

    /** A name such as eth0.100, parted by its dot. */
    private static final Pattern PARTED =
            Pattern.compile("(net\\.ipv[46]\\.(?:conf|neigh)\\.)([^.]+)\\.([^.]+)(\\.[a-z][a-z0-9_]*)");

    /** TCP_CA_NAME_MAX and IFNAMSIZ are 16 with the final NUL (linux include/net/tcp.h, include/net/pkt_sched.h). */
    private static final Pattern ALGORITHM = Pattern.compile("[A-Za-z0-9_]{1,15}");

    private static final String RESERVED_RULE = "the kernel means something else by it";

    /** It is part of the name of a table, which pf limits to 31 characters (PF_TABLE_NAME_SIZE in net/pfvar.h). */
    private static final Pattern PUBLISHED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,15}");

    private static final String PUBLISHED_RULE =
            "letters, digits, '_' and '-', the first a letter or a digit, 16 characters at most";

    /** The shortest of the prefixes that {@link Bits#special} knows: 224.0.0.0/4. */
    private static final int SHORTEST_SPECIAL = 4;
    /** RFC 791: every host takes datagrams of 68 bytes. RFC 8200 section 5: IPv6 needs 1280. */
    private static final int SMALLEST_MTU = 68;

    private static final int SMALLEST_MTU_V6 = 1280;
    private static final int LARGEST_MTU = 65_535;

    private final Refusals refusals;
    private final AddressValues addressValues;
    private final PairValues pairValues;
    private final FirewallValues firewallValues;

    ValueChecks(Refusals refusals) {
        this.refusals = refusals;
        addressValues = new AddressValues(refusals);
        pairValues = new PairValues(refusals);
        firewallValues = new FirewallValues(refusals);
    }

    void check(Fabric fabric) {
        for (Site site : fabric.sites()) site(site);
        for (Host host : fabric.hosts()) host(host);
        fabric.all(Bond.class).forEach(this::bond);
        fabric.all(Nic.class).forEach(this::nic);
        fabric.all(Vlan.class).forEach(this::vlan);
        fabric.all(Bridge.class).forEach(this::bridge);
        fabric.all(Sysctl.class).forEach(this::sysctl);
        fabric.tunnels().forEach(this::tunnel);
        fabric.routes().forEach(this::route);
        fabric.hubs().forEach(this::hub);
        for (Pair pair : fabric.all(Pair.class)) name(pair.at(), "pair", pair.name());
        for (Group group : fabric.all(Group.class)) name(group.at(), "group", group.name());
        fabric.all(Vip.class).forEach(pairValues::vip);
        fabric.all(StateSync.class).forEach(pairValues::stateSync);
        fabric.all(ProxyArp.class).forEach(pairValues::proxyArp);
        fabric.all(Firewall.class).forEach(firewallValues::firewall);
        fabric.all(Publish.class).forEach(this::publish);
        for (Balance balance : fabric.all(Balance.class)) {
            name(balance.at(), "balance", balance.name());
            firewallValues.balance(balance);
        }
    }

    private void site(Site site) {
        name(site.at(), "site", site.name());
        lans(site.at(), site.lan());
    }

    private void lans(Place at, List<Cidr> lans) {
        for (Cidr lan : lans) {
            if (!lan.isNetwork()) {
                refuse(at, "lan", lan.toString(), "is no prefix: bits are set behind its length");
            } else if (lan.length() == 0) refuse(at, "lan", lan.toString(), "is every address there is");
            else if (lan.length() >= SHORTEST_SPECIAL) lan(at, lan);
        }
    }

    private void lan(Place at, Cidr lan) {
        String special = Bits.special(lan.address());
        if (special != null) {
            addressValues.special(at, "lan", lan, "is " + special + " prefix");
        } else if (Bits.isLinkLocal(lan.address())) {
            refuse(at, "lan", lan.toString(), "is link-local: no router passes it on");
        }
    }

    private void host(Host host) {
        name(host.at(), "host", host.name());
        if (!SshTarget.parse(host.ssh().toString()).equals(java.util.Optional.of(host.ssh()))) {
            refuse(host.at(), "ssh", host.ssh().toString(), "is not [user@]host[:port]");
        }
        HostAddresses.ssh(host).ifPresent(address -> refusals.mapped(host.at(), "ssh", address));
    }

    private void bond(Bond bond) {
        made(bond.at(), "bond", bond.name());
        refusals.range(bond.at(), "miimon", bond.miimon(), 1, 60_000, "milliseconds");
        if (bond.members().isEmpty()) {
            refusals.value(bond.at(), "members", "", "bond '" + Names.shown(bond.name()) + "' has no members", "");
        }
        for (String member : bond.members()) member(bond, member);
        link(bond);
    }

    private void vlan(Vlan vlan) {
        made(vlan.at(), "vlan", vlan.name());
        refusals.device(vlan.at(), "on", vlan.on());
        refusals.range(vlan.at(), "id", vlan.id(), 1, Vlan.LAST_ID, "");
        link(vlan);
    }

    private void bridge(Bridge bridge) {
        made(bridge.at(), "bridge", bridge.name());
        for (String member : bridge.members()) member(bridge, member);
        link(bridge);
    }

    /** What all kinds of links have. */
    private void link(Link link) {
        addressValues.check(link.at(), link.addresses());
        mtu(link.at(), link.mtu(), link.addresses());
        for (Ip gateway : link.defaultGateways()) refusals.mapped(link.at(), "defaultGateway", gateway);
        for (Ip gateway : link.replyTo()) refusals.mapped(link.at(), "replyTo", gateway);
    }

    private void member(Link owner, String member) {
        String list = Names.several(member)
                .filter(parts -> parts.stream().allMatch(Names::isInterface))
                .map(Names::list)
                .orElse(null);
        if (list != null) {
            refusals.value(
                    owner.at(),
                    "members",
                    member,
                    "members: '" + Names.shown(member) + "' is one text, not several names",
                    "several are a list: members: " + list);
        } else if (Names.isReserved(member)) {
            refusals.value(
                    owner.at(),
                    "members",
                    member,
                    "'" + member + "' cannot be a member of a " + owner.kind(),
                    RESERVED_RULE);
        } else refusals.device(owner.at(), "members", member);
    }

    private void nic(Nic nic) {
        if (!nic.name().equals("lo")) made(nic.at(), "nic", nic.name());
        link(nic);
    }

    private void sysctl(Sysctl sysctl) {
        if (!Names.isSysctl(sysctl.key())) {
            String dotted = Names.dotted(sysctl.key());
            refusals.value(
                    sysctl.at(),
                    "name",
                    sysctl.key(),
                    "'" + Names.shown(sysctl.key()) + "' is not a kernel parameter's name",
                    "written as for sysctl(8), for instance net.ipv4.ip_forward",
                    Names.isSysctl(dotted) ? dotted : null);
        } else if (PARTED.matcher(sysctl.key()).matches()) {
            refusals.value(
                    sysctl.at(),
                    "name",
                    sysctl.key(),
                    "'" + Names.shown(sysctl.key()) + "' is not a kernel parameter's name",
                    "a dot in the name of an interface is written as a slash (sysctl(8))",
                    PARTED.matcher(sysctl.key()).replaceFirst("$1$2/$3$4"));
        }
        if (!Names.isPrintable(sysctl.value())) {
            refusals.value(
                    sysctl.at(),
                    "value",
                    sysctl.value(),
                    "'" + Names.shown(sysctl.value()) + "' is not a kernel parameter's value",
                    "one line of printable ASCII, without blanks around it");
        } else if (SWITCH.matcher(sysctl.key()).matches() && !Parameter.isNumber(sysctl.value())) {
            boolean off = List.of("off", "no", "false").contains(sysctl.value().toLowerCase(Locale.ROOT));
            boolean on = List.of("on", "yes", "true").contains(sysctl.value().toLowerCase(Locale.ROOT));
            refusals.value(
                    sysctl.at(),
                    "value",
                    sysctl.value(),
                    "'" + Names.shown(sysctl.value()) + "' is no value for " + sysctl.key(),
                    "the kernel takes a number",
                    off ? "0" : on ? "1" : null);
        } else if (ALGORITHMS.contains(sysctl.key())
                && !ALGORITHM.matcher(sysctl.value()).matches()) {
            refusals.value(
                    sysctl.at(),
                    "value",
                    sysctl.value(),
                    "'" + Names.shown(sysctl.value()) + "' is no name of an algorithm",
                    "letters, digits and _, 15 at most; for instance bbr or fq_codel");
        }
    }

    private void tunnel(Tunnel tunnel) {
        made(tunnel.at(), "tunnel", tunnel.name());
        Integer keepalive = tunnel.keepalive();
        if (keepalive != null) refusals.range(tunnel.at(), "keepalive", keepalive, 1, 65_535, "seconds");
        mtu(
                tunnel.at(),
                tunnel.mtu(),
                tunnel.ends().stream().flatMap(end -> end.addresses().stream()).toList());
        for (Tunnel.End end : tunnel.ends()) {
            if (end.unmanaged() == null) refusals.range(end.at(), "port", end.port(), 1, 65_535, "");
            addressValues.check(end.at(), end.addresses());
        }
    }

    private void hub(Hub hub) {
        made(hub.at(), "hub", hub.name());
        refusals.range(hub.at(), "port", hub.port(), 1, 65_535, "");
        Integer keepalive = hub.keepalive();
        if (keepalive != null) refusals.range(hub.at(), "keepalive", keepalive, 1, 65_535, "seconds");
        mtu(hub.at(), hub.mtu(), hub.addresses());
        addressValues.check(hub.at(), hub.addresses());
        for (Hub.Spoke spoke : hub.spokes()) {
            addressValues.check(spoke.at(), spoke.addresses());
            lans(spoke.at(), spoke.lan());
        }
        for (Hub.Peer peer : hub.peers()) {
            addressValues.check(peer.at(), peer.addresses());
            lans(peer.at(), peer.lan());
        }
    }

    private void publish(Publish publish) {
        if (!PUBLISHED.matcher(publish.name()).matches()) {
            String summary = "'" + Names.shown(publish.name()) + "' is no name for a publish";
            refusals.value(publish.at(), "name", publish.name(), summary, PUBLISHED_RULE);
        }
        for (Firewall.Ports ports : publish.tcp()) ports(publish, "tcp", ports);
        for (Firewall.Ports ports : publish.udp()) ports(publish, "udp", ports);
    }

    private void ports(Publish publish, String attribute, Firewall.Ports ports) {
        if (ports.from() == ports.to()) {
            refusals.range(publish.at(), attribute, ports.from(), 1, 65_535, "");
            return;
        }
        if (ports.from() >= 1 && ports.to() <= 65_535 && ports.from() < ports.to()) return;
        String written = ports.written();
        String summary = attribute + ": " + written + " is out of range";
        refusals.value(publish.at(), attribute, written, summary, "upwards, within 1..65535");
    }

    private void route(Route route) {
        route.weights().forEach((tunnel, weight) -> {
            if (weight < 1 || weight > 256) {
                refusals.value(
                        route.at(),
                        "weights",
                        tunnel,
                        "weights: '" + Names.shown(tunnel) + "' has " + weight,
                        "a nexthop's weight is 1 to 256 (ip-route(8))");
            }
        });
    }

    private void name(Place at, String kind, String name) {
        if (!Names.isName(name)) {
            refusals.value(
                    at,
                    "name",
                    name,
                    "'" + Names.shown(name) + "' is no name for a " + kind,
                    Names.NAME_RULE,
                    Names.nameLike(name));
        }
    }

    /** An interface that is not one of the kernel's own. */
    private void made(Place at, String kind, String name) {
        refusals.device(at, "name", name);
        if (Names.isReserved(name)) {
            refusals.value(at, "name", name, "a " + kind + " cannot be named '" + name + "'", RESERVED_RULE);
        }
    }

    private void mtu(Place at, @Nullable Integer mtu, List<Cidr> addresses) {
        if (mtu == null) return;
        boolean v6 = addresses.stream().anyMatch(Cidr::isV6);
        refusals.range(
                at, "mtu", mtu, v6 ? SMALLEST_MTU_V6 : SMALLEST_MTU, LARGEST_MTU, v6 ? "bytes, for IPv6" : "bytes");
    }

    private void refuse(Place at, String attribute, String value, String why) {
        refusals.value(at, attribute, value, attribute + ": '" + Names.shown(value) + "' " + why, "");
    }
}
