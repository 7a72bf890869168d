/** The module {@code freebsd.wireguard-key}: WireGuard's private keys. */
@NullMarked
package org.linkctl.modules.freebsd.wireguardkey;

import org.jspecify.annotations.NullMarked;
