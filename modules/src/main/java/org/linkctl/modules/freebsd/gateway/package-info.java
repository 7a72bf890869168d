/** The module {@code freebsd.gateway}: the far sites' LANs by a site's gateway. */
@NullMarked
package org.linkctl.modules.freebsd.gateway;

import org.jspecify.annotations.NullMarked;
