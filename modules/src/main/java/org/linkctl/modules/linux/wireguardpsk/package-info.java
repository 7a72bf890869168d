/** The module {@code linux.wireguard-psk}: WireGuard's pre-shared keys. */
@NullMarked
package org.linkctl.modules.linux.wireguardpsk;

import org.jspecify.annotations.NullMarked;
