package org.linkctl.modules.freebsd.files;

import org.linkctl.modules.routes.RouteState;

/** Where the programs and services that linkctl puts on a host lie: one module makes a program, others call it. */
public final class Programs {
    private static final String FOLDER = "/usr/local/lib/linkctl/";

    /** What the state of a route's tunnels is kept in: marks, locks. */
    public static final RouteState ROUTE_STATE = new RouteState("/var/run/linkctl/routes");

    /** Answers for addresses by proxy ARP while the host is master. */
    public static final String PROXY_ARP = FOLDER + "proxy-arp";

    /** Runs what the user wants run when the host becomes master or backup. */
    public static final String CARP_ACTIONS = FOLDER + "carp-actions";

    /** Watches next hops, and takes those that are dead out of pf's tables. */
    public static final String NEXT_HOPS = FOLDER + "watch-gateways";

    private Programs() {}

    /** The service of rc(8) that brings a tunnel up and down. */
    public static String tunnelService(String tunnel) {
        return "linkctl_" + tunnel;
    }
}
