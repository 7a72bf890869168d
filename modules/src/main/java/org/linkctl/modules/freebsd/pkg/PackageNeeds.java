package org.linkctl.modules.freebsd.pkg;

import java.util.Set;
import java.util.TreeSet;
import org.linkctl.model.HostUser;
import org.linkctl.spi.Scope;

/** The packages that the modules' commands come from. */
public final class PackageNeeds {
    public static final String TOOLS = "wireguard-tools";

    /** The newest of the ports of FRR whose startup script this is written for (net/frr10). */
    public static final String FRR = "frr10";

    /** What {@code verify --throughput} and playbooks measure by. */
    public static final String IPERF = "iperf3";

    public static final String SUDO = "sudo";

    private PackageNeeds() {}

    public static Set<String> of(Scope scope) {
        Set<String> out = new TreeSet<>();
        if (scope.fabric().of(HostUser.class, scope.host()).stream().anyMatch(HostUser::sudo)) out.add(SUDO);
        if (!scope.fabric().hasWireguard(scope.host())) return out;
        out.addAll(Set.of(TOOLS, IPERF));
        if (!scope.fabric().bgpRoutes(scope.host()).isEmpty()) out.add(FRR);
        return out;
    }
}
