package org.linkctl.lab;

/** What runs the network of a lab host (its wires; the management NIC eth0 is always the lab's own). */
public enum NetworkKind {
    /** systemd-networkd, enabled and running; ifupdown is present but off. */
    NETWORKD,
    /** ifupdown: networking.service enabled, /etc/network/interfaces sources interfaces.d; networkd is off. */
    IFUPDOWN,
    /** A host that says it is run by NetworkManager: an active unit of that name which does nothing. For refusals. */
    NETWORK_MANAGER,
    /** Nothing that the lab starts: a script of the host's own, as on the switch, or FreeBSD's rc(8). */
    NONE
}
