/** The module {@code linux.watch}: the watcher that marks dead tunnels. */
@NullMarked
package org.linkctl.modules.linux.watch;

import org.jspecify.annotations.NullMarked;
