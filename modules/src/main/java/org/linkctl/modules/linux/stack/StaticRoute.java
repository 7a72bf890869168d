package org.linkctl.modules.linux.stack;

import java.util.List;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** One prefix and the neighbour it goes through (ip-route(8)). */
public record StaticRoute(Cidr prefix, Ip via) {
    /** The words for ip(8) that set it. */
    public List<String> replace() {
        return List.of("route", "replace", prefix.toString(), "via", via.text(), "proto", "static");
    }
}
