package org.linkctl.modules.filter;

import org.linkctl.net.Ip;

/**
 * The first packet of a connection that declared links have to carry.
 *
 * @param hook where a filter sees it
 * @param in the interface it comes by; empty: any that no rule names
 * @param out the interface it leaves by; empty where it is for the host itself
 * @param protocol {@code tcp} or {@code udp}
 * @param port that it is for
 */
public record Flow(Hook hook, String in, String out, Ip from, Ip to, String protocol, int port) {
    /** Where the kernel lets a filter look (nft(8), "ADDRESS FAMILIES"). */
    public enum Hook {
        INPUT,
        FORWARD
    }

    public boolean isV6() {
        return from.isV6();
    }
}
