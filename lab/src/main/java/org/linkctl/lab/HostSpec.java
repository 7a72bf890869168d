package org.linkctl.lab;

import java.util.Optional;

/**
 * One host that is wanted.
 *
 * @param name its hostname and its name in ssh_config: lower case letters, digits and hyphens
 * @param network what runs its network
 * @param setup shell (POSIX sh, run once as root with -eu before the network and sshd start) that leaves what the
 *     host's owner had configured by hand; may be empty. On FreeBSD it runs when sshd answers.
 * @param freebsd the image of a FreeBSD host; none for one of Debian
 */
public record HostSpec(String name, NetworkKind network, String setup, Optional<FreebsdImage> freebsd) {
    /** What FreeBSD calls a wire's interface, before the number. */
    static final String FREEBSD_DRIVER = "vtnet";

    /** Refuses a name that cannot be a hostname. */
    public HostSpec {
        if (!name.matches("[a-z][a-z0-9-]{0,30}")) {
            throw new LabException("\"" + name + "\" is no host name: use lower case letters, digits and hyphens");
        }
    }

    /**
     * A host of Debian.
     *
     * @param name its hostname
     * @param network what runs its network
     * @param setup what its owner had configured by hand
     */
    public HostSpec(String name, NetworkKind network, String setup) {
        this(name, network, setup, Optional.empty());
    }

    /**
     * A bare host of FreeBSD: what its image has, and nothing configured on its wires.
     *
     * @param name its hostname
     * @param image what it is booted from
     * @return the host
     */
    public static HostSpec freebsd(String name, FreebsdImage image) {
        return new HostSpec(name, NetworkKind.NONE, "", Optional.of(image));
    }

    /** What its wires' interfaces are called, before the number. */
    String driver() {
        return freebsd.isPresent() ? FREEBSD_DRIVER : "eth";
    }

    /**
     * A bare host: networkd, nothing configured.
     *
     * @param name its hostname
     * @return the host
     */
    public static HostSpec bare(String name) {
        return new HostSpec(name, NetworkKind.NETWORKD, "");
    }

    /**
     * The same host run by something else.
     *
     * @param kind what runs its network
     * @return a new host
     */
    public HostSpec runBy(NetworkKind kind) {
        return new HostSpec(name, kind, setup, freebsd);
    }
}
