/** The module {@code freebsd.pfsync}: the exchange of a pair's connections, by pfsync(4). */
@NullMarked
package org.linkctl.modules.freebsd.pfsync;

import org.jspecify.annotations.NullMarked;
