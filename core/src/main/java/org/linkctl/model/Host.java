package org.linkctl.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;

/**
 * A machine that linkctl configures.
 *
 * @param site the name of its site
 * @param gateway the name of the host through which this one reaches the far sites' LANs; null where it needs none
 */
public record Host(
        String name,
        String site,
        Os os,
        SshTarget ssh,
        Become become,
        @Nullable String gateway,
        Place at) {
    // By hand as in Place, for the sake of each start.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Host host
                && name.equals(host.name)
                && site.equals(host.site)
                && os == host.os
                && ssh.equals(host.ssh)
                && become == host.become
                && Objects.equals(gateway, host.gateway)
                && at.equals(host.at);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + at.hashCode();
    }

    /** Its name, as a text of a playbook has it: {@code "$host"}. */
    @Override
    public String toString() {
        return name;
    }
}
