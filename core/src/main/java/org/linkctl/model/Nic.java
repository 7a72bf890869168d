package org.linkctl.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.net.Cidr;

/**
 * A network interface that is there already.
 *
 * @param mtu bytes; null: as it is
 */
public record Nic(
        String host,
        String name,
        List<Cidr> addresses,
        @Nullable Integer mtu,
        Place at) implements Intent {
    public Nic {
        addresses = List.copyOf(addresses);
    }
}
