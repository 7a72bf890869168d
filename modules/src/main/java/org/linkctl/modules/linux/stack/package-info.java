/** The network stacks, which bring a host's network up at boot: systemd-networkd, netplan over it, NetworkManager, and ifupdown. Shared by bonds, addresses and gateways. */
@NullMarked
package org.linkctl.modules.linux.stack;

import org.jspecify.annotations.NullMarked;
