package org.linkctl.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** The addresses that a host has, by itself or as the master of a pair. */
public final class HostAddresses {
    /** Where sshd(8) listens if nothing else is said (sshd_config(5), Port). */
    private static final int SSH = 22;

    private HostAddresses() {}

    /** Those of one interface, each with the length of its network. */
    public static List<Cidr> on(Fabric fabric, Host host, String device) {
        return Stream.concat(
                        fabric.addresses(host, device).stream(),
                        fabric.of(Vip.class, host).stream()
                                .filter(vip -> vip.on().equals(device))
                                .flatMap(vip -> vip.addresses().stream()))
                .distinct()
                .toList();
    }

    /** All of them, tunnels' and hubs' included. */
    public static List<Cidr> all(Fabric fabric, Host host) {
        return fabric.interfaces(host).stream()
                .distinct()
                .flatMap(device -> on(fabric, host, device).stream())
                .toList();
    }

    /** The address by which linkctl reaches it, where {@code ssh:} says one, and not a name. */
    public static Optional<Ip> ssh(Host host) {
        return Ip.parse(host.ssh().host());
    }

    public static int sshPort(Host host) {
        Integer port = host.ssh().port();
        return port == null ? SSH : port;
    }
}
