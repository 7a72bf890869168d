/** The module {@code freebsd.watch}: the watcher that marks dead next hops. */
@NullMarked
package org.linkctl.modules.freebsd.watch;

import org.jspecify.annotations.NullMarked;
