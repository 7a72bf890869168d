package org.linkctl.modules.linux.stack;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bare Linux host that {@code linkctl render} starts from: Debian, whose network is run by systemd-networkd and of
 * which nothing is configured but the interface to whatever it was installed over.
 */
public final class BareHost {
    /** What it runs, as os-release(5) names it. */
    public static final String SYSTEM = "Debian";

    /** What is installed of the packages that linkctl uses: Debian's installer puts them on every host. */
    public static final Set<String> PACKAGES = Set.of("iproute2", "procps");

    /** The interface that leads out where no other one is declared; it has a file of its own. */
    public static final String UPLINK = "eth0";

    /** As seen by whoever configures other interfaces. */
    public static final StackFacts STACK = stack(NetworkdFiles.NONE);

    /** The same with the file of {@link #UPLINK}. */
    public static final StackFacts STACK_OF_UPLINK =
            stack(new NetworkdFiles(Map.of(UPLINK, "/etc/systemd/network/" + UPLINK + ".network"), Set.of()));

    private BareHost() {}

    private static StackFacts stack(NetworkdFiles files) {
        return new StackFacts(
                new Networkd(), "", Map.of(), files, NetplanFiles.NONE, NetworkManagerFacts.NONE, List.of());
    }
}
