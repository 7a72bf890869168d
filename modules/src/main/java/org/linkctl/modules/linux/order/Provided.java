package org.linkctl.modules.linux.order;

/** What resources of one module provide and those of others need: names that order the work on a host. */
public final class Provided {
    /** Kernel parameters that have to be settled before an interface comes up for the first time. */
    public static final String QUEUEING = "queueing";

    /** Tunnels that no inventory declares are off: their ports and keys are free. */
    public static final String UNDECLARED_TUNNELS = "wireguard-undeclared";

    /** The routes to the far sites' LANs by a site's gateway. */
    public static final String GATEWAY_ROUTES = "gateway-routes";

    /** What was asked by an interface is answered through its neighbour, whichever the default route is. */
    public static final String ANSWERS = "answers";

    private Provided() {}
}
