package org.linkctl.spi;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;

/**
 * What a module looks at to say what it wants: the whole fabric, the host in question, what other hosts told, and the
 * secrets that the inventory names.
 *
 * @param drained paths ({@link Resource#way}) that nothing shall be sent over just now, since they are being changed, or held
 * @param held those that a user has taken out of service ({@code linkctl drain}), until he puts them back
 */
public record Scope(
        Fabric fabric, Host host, Published published, Set<String> drained, Set<String> held, Secrets secrets) {
    /** Where a host keeps the names of its held paths, a file each: its programs look there, after a boot, too. */
    public static final String HELD = "/var/lib/linkctl/drained";

    public Scope {
        drained = Stream.concat(drained.stream(), held.stream()).collect(Collectors.toUnmodifiableSet());
        held = Set.copyOf(held);
    }

    /** As it is where nothing is held. */
    public Scope(Fabric fabric, Host host, Published published, Set<String> drained, Secrets secrets) {
        this(fabric, host, published, drained, Set.of(), secrets);
    }

    /** As it is when nothing is being changed, and where no secret was looked up. */
    public Scope(Fabric fabric, Host host, Published published) {
        this(fabric, host, published, Set.of(), Secrets.NONE);
    }
}
