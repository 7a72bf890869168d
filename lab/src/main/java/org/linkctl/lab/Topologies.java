package org.linkctl.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Labs that are ready to use. docs/lab.md draws them. */
public final class Topologies {
    /** The host that is switch, router and internet in every ready topology. */
    public static final String SWITCH = "sw";

    private Topologies() {}

    /** Whether the router between the sites hides site A behind another address. */
    public enum Nat {
        /** Site A's addresses are seen as they are. */
        NONE,
        /** Site B sees 198.51.100.1 in place of 10.2.3.0/24. */
        SITE_A
    }

    /**
     * Two sites with the internet between them: a-gw (bare, {@code members} wires to the switch's LACP bond), a-app
     * (10.2.3.6 on the same segment), b-gw (eth1 bare, eth2 203.0.113.1) and sw.
     *
     * @param members wires of a-gw, 1 to 8
     * @return the spec
     */
    public static LabSpec twoSites(int members) {
        return twoSites(members, Nat.NONE);
    }

    /**
     * The same, with or without address translation.
     *
     * @param members wires of a-gw, 1 to 8
     * @param nat what the router does to site A's addresses
     * @return the spec
     */
    public static LabSpec twoSites(int members, Nat nat) {
        refuseOdd(members);
        String app = "eth" + (members + 1);
        String lanB = "eth" + (members + 2);
        String publicB = "eth" + (members + 3);
        List<WireSpec> wires = new ArrayList<>(toSwitch("a-gw", members));
        wires.add(WireSpec.wire("a-app", "eth1", SWITCH, app));
        wires.add(WireSpec.wire("b-gw", "eth1", SWITCH, lanB));
        wires.add(WireSpec.wire("b-gw", "eth2", SWITCH, publicB));
        String config = "MEMBERS='" + nics(members) + "' LAN_A=" + app + " LAN_B=" + lanB + " PUBLIC=" + publicB
                + " NAT=" + (nat == Nat.SITE_A ? "yes" : "no");
        return new LabSpec(
                List.of(
                        new HostSpec("a-gw", NetworkKind.NETWORKD, uplink("203.0.113.0/24", "fd00:89::/64")),
                        new HostSpec("a-app", NetworkKind.NETWORKD, """
                                lab-address eth1 inet 10.2.3.6/24 10.2.3.1
                                lab-address eth1 inet6 fd00:a::6/64 fd00:a::1
                                """),
                        new HostSpec("b-gw", NetworkKind.NETWORKD, """
                                lab-address eth2 inet 203.0.113.1/24 203.0.113.254
                                lab-address eth2 inet6 fd00:89::1/64 fd00:89::254
                                """),
                        switchHost(config)),
                wires);
    }

    /**
     * One bare host called "host" on a switch with an LACP bond; the switch is 10.2.3.1 and fd00:a::1 there.
     *
     * @param members wires between the two, 1 to 8
     * @return the spec
     */
    public static LabSpec one(int members) {
        refuseOdd(members);
        return new LabSpec(
                List.of(HostSpec.bare("host"), switchHost("MEMBERS='" + nics(members) + "'")),
                toSwitch("host", members));
    }

    /**
     * Two load balancers of FreeBSD, bare: lb1 and lb2, vtnet1 on a segment of the switch, vtnet2 on a wire between them.
     * On that segment, in network namespaces of the switch, are client (10.1.0.100, the way to 10.9.0.0/24 by 10.1.0.1)
     * and gw1 and gw2 (10.1.0.2 and 10.1.0.3), each of which has all addresses of 10.9.0.0/24.
     *
     * @param image what the balancers are booted from
     * @return the spec
     */
    public static LabSpec balancers(FreebsdImage image) {
        return new LabSpec(
                List.of(
                        HostSpec.freebsd("lb1", image),
                        HostSpec.freebsd("lb2", image),
                        switchHost("BALANCED='eth1 eth2'")),
                List.of(
                        WireSpec.wire("lb1", "vtnet1", SWITCH, "eth1"),
                        WireSpec.wire("lb2", "vtnet1", SWITCH, "eth2"),
                        WireSpec.wire("lb1", "vtnet2", "lb2", "vtnet2")));
    }

    /**
     * Two sites, one of each system: a-gw (Debian, one wire to the switch's LACP bond, hidden behind 198.51.100.1), b-gw
     * (FreeBSD, vtnet1 bare on site B's segment, vtnet2 203.0.113.1) and sw with b-app, as in {@link #twoSites(int, Nat)}.
     *
     * @param image what b-gw is booted from
     * @return the spec
     */
    public static LabSpec mixed(FreebsdImage image) {
        String publicB = "sysrc ifconfig_vtnet2='inet 203.0.113.1/24' static_routes=lab"
                + " route_lab='-net 198.51.100.0/24 203.0.113.254' >/dev/null\n"
                + "ifconfig vtnet2 inet 203.0.113.1/24\n"
                + "route -q add -net 198.51.100.0/24 203.0.113.254\n";
        return new LabSpec(
                List.of(
                        new HostSpec("a-gw", NetworkKind.NETWORKD, uplink("203.0.113.0/24", "fd00:89::/64")),
                        new HostSpec("b-gw", NetworkKind.NONE, publicB, Optional.of(image)),
                        switchHost("MEMBERS=eth1 LAN_B=eth2 PUBLIC=eth3 NAT=yes")),
                List.of(
                        WireSpec.wire("a-gw", "eth1", SWITCH, "eth1"),
                        WireSpec.wire("b-gw", "vtnet1", SWITCH, "eth2"),
                        WireSpec.wire("b-gw", "vtnet2", SWITCH, "eth3")));
    }

    private static HostSpec switchHost(String config) {
        String setup = "echo \"" + config + "\" >/etc/lab-switch\n"
                + "systemctl -q enable lab-switch.service\n"
                // This first time not by its unit, so that the lab is up only when the switch is.
                + "lab-switch\n";
        return new HostSpec(SWITCH, NetworkKind.NONE, setup);
    }

    /** The way out that a data centre would tell a host's owner; see lab-uplink for why it is a watcher. */
    private static String uplink(String ipv4, String ipv6) {
        return "printf 'bond0 " + ipv4 + " 10.2.3.1\\nbond0 " + ipv6 + " fd00:a::1\\n' >/etc/lab-uplink\n"
                + "systemctl -q enable lab-uplink.service\n"
                + "systemctl --no-block start lab-uplink.service\n";
    }

    private static List<WireSpec> toSwitch(String host, int members) {
        return IntStream.rangeClosed(1, members)
                .mapToObj(n -> WireSpec.wire(host, "eth" + n, SWITCH, "eth" + n))
                .toList();
    }

    private static String nics(int members) {
        return IntStream.rangeClosed(1, members).mapToObj(n -> "eth" + n).collect(Collectors.joining(" "));
    }

    private static void refuseOdd(int members) {
        if (members < 1 || members > 8) {
            throw new LabException("a bond of " + members + " wires: the lab makes 1 to 8");
        }
    }
}
