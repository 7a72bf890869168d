package org.linkctl.modules.linux.stack;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;

/**
 * What an interface has to have, now and at boot.
 *
 * @param made linkctl makes the interface (a bond), so that it may be missing when a plan is made
 * @param mtu bytes; null: as it is
 */
public record InterfaceConfig(
        String name,
        boolean made,
        List<Cidr> addresses,
        @Nullable Integer mtu) {
    public InterfaceConfig {
        addresses = List.copyOf(addresses);
    }
}
