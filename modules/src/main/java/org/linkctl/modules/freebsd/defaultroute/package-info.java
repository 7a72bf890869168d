/** The module {@code freebsd.default-route}: where a host sends what leads nowhere else. */
@NullMarked
package org.linkctl.modules.freebsd.defaultroute;

import org.jspecify.annotations.NullMarked;
