package org.linkctl.modules.linux.pair;

/** Files of a pair that more than one module names. */
public final class PairFiles {
    /** What makes a host what it is in its pair, and is told of each change. */
    public static final String ROLE = "/usr/local/lib/linkctl/role";

    /** What other modules have run then. */
    public static final String HOOKS = "/usr/local/lib/linkctl/role.d";

    /** The configuration of the daemon that tells the other host of connections. */
    public static final String CONNTRACKD = "/etc/linkctl/conntrackd.conf";

    /** The UDP port on which the two hosts tell each other of connections. */
    public static final int STATES = 3780;

    private PairFiles() {}
}
