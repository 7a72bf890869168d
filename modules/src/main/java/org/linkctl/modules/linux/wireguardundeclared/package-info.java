/** The module {@code linux.wireguard-undeclared}: WireGuard tunnels that no inventory declares. */
@NullMarked
package org.linkctl.modules.linux.wireguardundeclared;

import org.jspecify.annotations.NullMarked;
