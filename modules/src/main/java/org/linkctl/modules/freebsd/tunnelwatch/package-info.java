/** The module {@code freebsd.tunnel-watch}: the watcher that marks dead tunnels. */
@NullMarked
package org.linkctl.modules.freebsd.tunnelwatch;

import org.jspecify.annotations.NullMarked;
