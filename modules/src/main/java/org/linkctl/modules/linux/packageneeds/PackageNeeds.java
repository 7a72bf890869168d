package org.linkctl.modules.linux.packageneeds;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.model.Balance;
import org.linkctl.model.Bond;
import org.linkctl.model.Firewall;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.HostUser;
import org.linkctl.model.ProxyArp;
import org.linkctl.model.Publish;
import org.linkctl.model.StateSync;
import org.linkctl.model.Vip;
import org.linkctl.modules.linux.pair.Vote;
import org.linkctl.spi.Scope;

/** The packages that the modules' commands come from, by Debian's names. */
public final class PackageNeeds {
    /** Debian's names, and Fedora's and Red Hat's where they differ. */
    private static final Map<String, String> DNF_NAMES = Map.of(
            "iproute2", "iproute",
            "iputils-ping", "iputils",
            "iputils-arping", "iputils",
            "conntrack", "conntrack-tools",
            "conntrackd", "conntrack-tools",
            "procps", "procps-ng");

    /** ifenslave is what ifupdown bonds with; nobody else needs it. */
    public static final String IFENSLAVE = "ifenslave";

    private PackageNeeds() {}

    public static Set<String> of(Scope scope) {
        Set<String> names = new TreeSet<>(Set.of("iproute2", "procps"));
        if (!scope.fabric().of(Bond.class, scope.host()).isEmpty()) names.add(IFENSLAVE);
        if (scope.fabric().hasWireguard(scope.host())) {
            names.addAll(Set.of("wireguard-tools", "nftables", "iputils-ping", "iperf3"));
        }
        if (!scope.fabric().of(FirezoneGateway.class, scope.host()).isEmpty()) names.add("nftables");
        if (!scope.fabric().bgpRoutes(scope.host()).isEmpty()) names.add("frr");
        if (scope.fabric().one(Firewall.class, scope.host()).isPresent()) names.add("nftables");
        if (!scope.fabric().of(Balance.class, scope.host()).isEmpty()) names.addAll(Set.of("nftables", "iputils-ping"));
        boolean replies = scope.fabric().links(scope.host()).stream()
                .anyMatch(link -> !link.replyTo().isEmpty());
        if (replies) names.addAll(Set.of("nftables", "iputils-ping"));
        if (!scope.fabric().of(Vip.class, scope.host()).isEmpty()) {
            names.addAll(Set.of("keepalived", "nftables", "iputils-ping"));
        }
        if (!Vote.at(scope.fabric(), scope.host()).isEmpty()) names.add("nftables");
        if (scope.fabric().one(StateSync.class, scope.host()).isPresent())
            names.addAll(Set.of("conntrackd", "nftables"));
        if (!scope.fabric().of(Publish.class, scope.host()).isEmpty()) names.addAll(Set.of("nftables", "conntrack"));
        if (!scope.fabric().of(ProxyArp.class, scope.host()).isEmpty()) names.add("iputils-arping");
        if (scope.fabric().of(HostUser.class, scope.host()).stream().anyMatch(HostUser::sudo)) names.add("sudo");
        return names;
    }

    /** The name that Fedora and Red Hat have for a package of Debian. */
    public static String dnf(String debian) {
        return DNF_NAMES.getOrDefault(debian, debian);
    }

    /** Whether a package is needed, by whichever name. */
    public static boolean has(Scope scope, String name) {
        return of(scope).stream()
                .anyMatch(need -> need.equals(name) || dnf(need).equals(name));
    }
}
