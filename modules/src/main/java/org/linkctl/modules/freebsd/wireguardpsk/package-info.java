/** The module {@code freebsd.wireguard-psk}: WireGuard's pre-shared keys. */
@NullMarked
package org.linkctl.modules.freebsd.wireguardpsk;

import org.jspecify.annotations.NullMarked;
