package org.linkctl.modules.linux.stack;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Scope;

/** The interfaces that the inventory declares: each has a file of linkctl's at the latest after a run. */
public final class DeclaredInterfaces {
    private DeclaredInterfaces() {}

    /** The declared interface on the network of an address; null: none is. */
    public static @Nullable String towards(Scope scope, Ip via) {
        for (var bond : scope.fabric().bonds(scope.host())) if (near(bond.addresses(), via)) return bond.name();
        for (var nic : scope.fabric().nics(scope.host())) if (near(nic.addresses(), via)) return nic.name();
        return null;
    }

    private static boolean near(List<Cidr> addresses, Ip via) {
        return addresses.stream().anyMatch(address -> address.contains(via));
    }
}
