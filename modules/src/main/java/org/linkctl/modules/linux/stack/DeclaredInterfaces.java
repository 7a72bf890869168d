package org.linkctl.modules.linux.stack;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Link;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Scope;

/** The interfaces that the inventory declares: each has a file of linkctl's at the latest after a run. */
public final class DeclaredInterfaces {
    private DeclaredInterfaces() {}

    /** The declared interface on the network of an address; null: none is. */
    public static @Nullable String towards(Scope scope, Ip via) {
        for (Link link : scope.fabric().links(scope.host())) if (near(link.addresses(), via)) return link.name();
        return null;
    }

    private static boolean near(List<Cidr> addresses, Ip via) {
        return addresses.stream().anyMatch(address -> address.contains(via));
    }
}
