package org.linkctl.modules.frr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.linkctl.model.Os;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * The configuration of FRR, as FRR itself prints it: what is its default is left out. What is announced and taken is said by
 * maps of routes, since changes of these act on sessions that are there (bgpd, route-map delay-timer), and since FRR
 * announces and takes nothing without one (RFC 8212).
 */
final class BgpLines {
    /** What the names of linkctl's lists and maps begin with. */
    static final String OURS = "LINKCTL-";

    /** Name of the profile of BFD (bfdd, "profile"). */
    static final String PROFILE = "linkctl";

    /**
     * Milliseconds between two of BFD's packets; three that are missing (bfdd, detect-multiplier) are a dead tunnel: 0.6 s. RFC
     * 5880 has no default.
     */
    private static final int INTERVAL = 200;

    /**
     * Paths that count as one route on Linux. FRR prints no number that is its limit, which whoever builds it chooses: 64 as a
     * rule, 256 for Debian. FreeBSD's package is built for 16, which is what counts where nothing is said.
     */
    private static final int PATHS = 32;

    /** Seconds between two tries of a session that is not there (bgpd, timers connect). */
    private static final int CONNECT = 3;

    /** By it linkctl's static routes are told from others: any number but 0 would do. */
    static final int TAG = 27_755;

    /** The administrative distance of a route that gives way to any other; 255 is never used (zebra). */
    private static final int LAST = 250;

    private static final String OUT = OURS + "OUT";

    /** Graceful restarts of sessions that end by a message (RFC 8538): FRR has it from 8.3 on, and before that none. */
    static final String NO_NOTIFICATION = "no bgp graceful-restart notification";

    /**
     * What is said of every instance as a whole. Without "no bgp graceful-restart notification" a tunnel that is silent for its
     * hold time is a restart, and stays in the route for two minutes.
     */
    private static final List<String> WHOLE = List.of(
            "no bgp default ipv4-unicast",
            "bgp graceful-restart",
            "bgp graceful-restart preserve-fw-state",
            NO_NOTIFICATION,
            "bgp bestpath as-path multipath-relax");

    static final String UNTRACKED = "no bgp network import-check";

    /**
     * Routes with their hops in themselves, not by nexthop objects: systemd-networkd deletes such objects of others when it sets up an
     * interface, and zebra goes on taking their routes for installed (systemd issue 29034; ManageForeignNextHops= of
     * networkd.conf(5) came with 256).
     */
    static final FrrLine WHOLE_ROUTES = FrrLine.top("no zebra nexthop kernel enable");

    private static final FrrLine FORWARDING = FrrLine.top("ip forwarding");
    private static final FrrLine FORWARDING6 = FrrLine.top("ipv6 forwarding");

    private final BgpWant want;
    private final List<FrrLine> out = new ArrayList<>();

    private BgpLines(BgpWant want) {
        this.want = want;
    }

    /** In the order in which they have to be given. */
    static List<FrrLine> of(BgpWant want) {
        BgpLines lines = new BgpLines(want);
        if (want.os() == Os.LINUX) lines.out.add(WHOLE_ROUTES); // FreeBSD's zebra has none
        lines.lists(OUT, want.announce());
        want.taken().forEach((site, prefixes) -> lines.lists(in(site), prefixes));
        lines.map(OUT, want.announce());
        want.taken().forEach((site, prefixes) -> lines.map(in(site), prefixes));
        want.sources().forEach(lines::sources);
        for (Neighbor neighbor : want.neighbors()) lines.fallback(neighbor);
        if (want.daemons().contains("bfdd")) lines.profile();
        lines.instance();
        want.sources().keySet().forEach(v6 -> lines.top(protocol(v6)));
        return List.copyOf(lines.out);
    }

    /**
     * What the file for the next boot holds beside: FRR turns forwarding off where its file says so, and writes that where it
     * was off when somebody saved it (zebra, "ip forwarding").
     */
    static List<FrrLine> atBoot(BgpWant want) {
        List<FrrLine> all = new ArrayList<>();
        if (want.carries(false)) all.add(FORWARDING);
        if (want.carries(true)) all.add(FORWARDING6);
        return all;
    }

    /** Whether a line of an instance says what linkctl says of each as a whole, and so nothing of anybody else's. */
    static boolean isOfWhole(FrrLine line) {
        String text = line.text();
        return WHOLE.contains(text)
                || text.equals(UNTRACKED)
                || text.matches("bgp router-id .*|maximum-paths \\d+|address-family ipv[46] unicast");
    }

    /** Whether all sessions of an instance end and begin anew where this is set or taken away. */
    static boolean beginsAnew(FrrLine line) {
        return line.text().startsWith("bgp router-id ") || line.text().startsWith("bgp graceful-restart");
    }

    static boolean isForwarding(FrrLine line) {
        return line.equals(FORWARDING) || line.equals(FORWARDING6);
    }

    static FrrLine instance(long as) {
        return FrrLine.top("router bgp " + as);
    }

    private static String in(String site) {
        return OURS + "IN-" + site;
    }

    private static String ip(boolean v6) {
        return v6 ? "ipv6" : "ip";
    }

    private static boolean has(List<Cidr> prefixes, boolean v6) {
        return prefixes.stream().anyMatch(prefix -> prefix.isV6() == v6);
    }

    private void top(String text) {
        out.add(FrrLine.top(text));
    }

    /** FRR numbers the entries itself. */
    private void lists(String name, List<Cidr> prefixes) {
        for (Cidr prefix : prefixes) top(ip(prefix.isV6()) + " prefix-list " + name + " permit " + prefix);
    }

    private void map(String name, List<Cidr> prefixes) {
        for (boolean v6 : new boolean[] {false, true}) {
            if (!has(prefixes, v6)) continue;
            FrrLine entry = FrrLine.top("route-map " + name + " permit " + (v6 ? 20 : 10));
            out.add(entry);
            out.add(entry.in("match " + ip(v6) + " address prefix-list " + name));
        }
    }

    /** Gives routes to far LANs the address by which this host is known there; routes that others learn stay as they are. */
    private void sources(boolean v6, Ip own) {
        String name = source(v6);
        int number = 10;
        for (Map.Entry<String, List<Cidr>> one : want.taken().entrySet()) {
            if (!has(one.getValue(), v6)) continue;
            FrrLine entry = FrrLine.top("route-map " + name + " permit " + number);
            out.add(entry);
            out.add(entry.in("match " + ip(v6) + " address prefix-list " + in(one.getKey())));
            out.add(entry.in("set src " + own));
            number += 10;
        }
        top("route-map " + name + " permit 65535");
    }

    private static String source(boolean v6) {
        return OURS + (v6 ? "SOURCE6" : "SOURCE");
    }

    /** What has zebra use the map of sources (zebra, "ip protocol PROTOCOL route-map"). */
    static String protocol(boolean v6) {
        return ip(v6) + " protocol bgp route-map " + source(v6);
    }

    /**
     * Routes that count while BGP has none, so that packets for a far LAN do not leave by the default route, in clear. BGP has none
     * for two seconds also after bgpd was killed: its session of BFD ends and begins once more when that with its neighbour is
     * there again (bgpd/bgp_bfd.c, bgp_peer_bfd_update_source), and no graceful restart covers that.
     */
    private void fallback(Neighbor neighbor) {
        for (Cidr prefix : neighbor.announced()) {
            Ip hop = neighbor.nextHop(prefix.isV6());
            if (hop == null) continue; // the checks refuse it
            top(ip(prefix.isV6()) + " route " + prefix + " " + hop + " " + neighbor.tunnel() + " tag " + TAG + " "
                    + LAST);
        }
    }

    private void profile() {
        FrrLine profile = FrrLine.top("bfd").in("profile " + PROFILE);
        out.add(profile);
        out.add(profile.in("transmit-interval " + INTERVAL));
        out.add(profile.in("receive-interval " + INTERVAL));
    }

    private void instance() {
        FrrLine router = instance(want.as());
        out.add(router);
        out.add(router.in("bgp router-id " + want.routerId()));
        for (String line : WHOLE) out.add(router.in(line));
        if (!want.tracked()) out.add(router.in(UNTRACKED));
        for (Neighbor neighbor : want.neighbors()) neighbor(router, neighbor);
        for (boolean v6 : new boolean[] {false, true}) family(router, v6);
    }

    /**
     * Without "bfd check-control-plane-failure": with it and graceful restart BFD's word counts for nothing, since bfdd before 10.1
     * looks at the wrong bit of the packet (FRRouting pull request 15738).
     */
    private void neighbor(FrrLine router, Neighbor neighbor) {
        out.add(router.in(neighbor.words("remote-as " + neighbor.as())));
        out.add(router.in(neighbor.words("description " + neighbor.description())));
        if (neighbor.drained()) out.add(router.in(neighbor.words("shutdown")));
        if (neighbor.bfd()) {
            out.add(router.in(neighbor.words("bfd")));
            out.add(router.in(neighbor.words("bfd profile " + PROFILE)));
        }
        // As a third, which RFC 4271, section 10, suggests.
        out.add(router.in(neighbor.words("timers " + Math.max(1, neighbor.hold() / 3) + " " + neighbor.hold())));
        out.add(router.in(neighbor.words("timers connect " + CONNECT)));
    }

    private void family(FrrLine router, boolean v6) {
        if (!want.carries(v6)) return;
        FrrLine family = router.in("address-family " + (v6 ? "ipv6" : "ipv4") + " unicast");
        for (Cidr prefix : want.announce()) if (prefix.isV6() == v6) out.add(family.in("network " + prefix));
        for (Neighbor neighbor : want.neighbors()) {
            if (!neighbor.v6().contains(v6)) continue;
            out.add(family.in(neighbor.words("activate")));
            out.add(family.in(neighbor.words("route-map " + in(neighbor.site()) + " in")));
            out.add(family.in(neighbor.words("route-map " + OUT + " out")));
        }
        if (want.os() == Os.LINUX) out.add(family.in("maximum-paths " + PATHS));
    }
}
