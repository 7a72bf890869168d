package org.linkctl.cli.imported;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.linkctl.model.Become;
import org.linkctl.model.Os;
import org.linkctl.model.SshTarget;
import org.linkctl.spi.Found;

/** A host, and what was found there. */
record ImportedHost(String name, String site, Os os, SshTarget ssh, Become become, List<Found> found) {
    ImportedHost {
        found = List.copyOf(found);
    }

    <F extends Found> Stream<F> of(Class<F> kind) {
        return found.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** The interface of WireGuard of that name. */
    Optional<Found.Wireguard> wireguard(String name) {
        return of(Found.Wireguard.class).filter(one -> one.name().equals(name)).findFirst();
    }
}
