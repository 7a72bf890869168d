/** The module {@code linux.wireguard-key}: WireGuard's private keys. */
@NullMarked
package org.linkctl.modules.linux.wireguardkey;

import org.jspecify.annotations.NullMarked;
