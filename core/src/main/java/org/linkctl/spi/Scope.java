package org.linkctl.spi;

import java.util.Set;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;

/**
 * What a module looks at to say what it wants: the whole fabric, the host in question, what other hosts told, and the
 * secrets that the inventory names.
 *
 * @param drained paths ({@link Resource#way}) that nothing shall be sent over just now, since they are being changed
 */
public record Scope(Fabric fabric, Host host, Published published, Set<String> drained, Secrets secrets) {
    public Scope {
        drained = Set.copyOf(drained);
    }

    /** As it is when nothing is being changed, and where no secret was looked up. */
    public Scope(Fabric fabric, Host host, Published published) {
        this(fabric, host, published, Set.of(), Secrets.NONE);
    }
}
