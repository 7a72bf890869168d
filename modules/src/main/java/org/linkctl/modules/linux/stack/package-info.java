/** The network stacks, which bring a host's network up at boot: systemd-networkd, NetworkManager, netplan over one of them, ifupdown and ifupdown2. Shared by bonds, addresses and gateways. */
@NullMarked
package org.linkctl.modules.linux.stack;

import org.jspecify.annotations.NullMarked;
