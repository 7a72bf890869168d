/** The module {@code freebsd.wireguard}: WireGuard tunnels by services of rc(8). */
@NullMarked
package org.linkctl.modules.freebsd.wireguard;

import org.jspecify.annotations.NullMarked;
