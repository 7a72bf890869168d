/** The module {@code linux.router-probe}: how often IPv6 routers are probed. */
@NullMarked
package org.linkctl.modules.linux.routerprobe;

import org.jspecify.annotations.NullMarked;
