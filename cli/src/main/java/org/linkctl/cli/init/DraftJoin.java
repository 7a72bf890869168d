package org.linkctl.cli.init;

/**
 * What joins the first site to another one.
 *
 * @param name of the tunnels
 * @param to the name of the other site
 * @param count of tunnels; 0: nothing joins them
 * @param port the first of their UDP ports
 * @param transit the prefix of which they get their addresses
 * @param routed whether the LANs reach each other over them
 */
record DraftJoin(String name, String to, int count, int port, String transit, boolean routed) {
    DraftJoin count(int value) {
        return new DraftJoin(name, to, value, port, transit, routed);
    }

    DraftJoin port(int value) {
        return new DraftJoin(name, to, count, value, transit, routed);
    }

    DraftJoin transit(String value) {
        return new DraftJoin(name, to, count, port, value, routed);
    }

    DraftJoin routed(boolean value) {
        return new DraftJoin(name, to, count, port, transit, value);
    }
}
