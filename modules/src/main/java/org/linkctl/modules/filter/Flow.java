package org.linkctl.modules.filter;

import org.linkctl.net.Cidr;

/**
 * The first packet of a connection that declared links have to carry.
 *
 * @param hook where a filter sees it
 * @param in the interface it comes by; empty: not known
 * @param out the interface it leaves by; empty: not known, or it is for the host itself
 * @param from where its sender is; the prefix of all addresses: not known
 * @param to where its receiver is, in the same way
 * @param protocol {@code tcp} or {@code udp}
 * @param port that it is for; what is forwarded may be for any
 */
public record Flow(Hook hook, String in, String out, Cidr from, Cidr to, String protocol, int port) {
    /** Where the kernel lets a filter look (nft(8), "ADDRESS FAMILIES"). */
    public enum Hook {
        INPUT,
        FORWARD
    }

    public boolean isV6() {
        return from.isV6();
    }
}
