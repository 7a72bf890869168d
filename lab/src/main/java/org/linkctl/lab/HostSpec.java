package org.linkctl.lab;

/**
 * One host that is wanted.
 *
 * @param name its hostname and its name in ssh_config: lower case letters, digits and hyphens
 * @param network what runs its network
 * @param setup shell (POSIX sh, run once as root with -eu before the network and sshd start) that leaves what the
 *     host's owner had configured by hand; may be empty
 */
public record HostSpec(String name, NetworkKind network, String setup) {
    /** Refuses a name that cannot be a hostname. */
    public HostSpec {
        if (!name.matches("[a-z][a-z0-9-]{0,30}")) {
            throw new LabException("\"" + name + "\" is no host name: use lower case letters, digits and hyphens");
        }
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
        return new HostSpec(name, kind, setup);
    }
}
