/** The module {@code linux.wireguard}: WireGuard tunnels by wg-quick(8). */
@NullMarked
package org.linkctl.modules.linux.wireguard;

import org.jspecify.annotations.NullMarked;
