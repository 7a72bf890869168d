/** The module {@code linux.gateway}: the far sites' LANs by a site's gateway. */
@NullMarked
package org.linkctl.modules.linux.gateway;

import org.jspecify.annotations.NullMarked;
