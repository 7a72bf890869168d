/** The module {@code linux.bgp-routes}: what is meant for a LAN that BGP tells of goes there, or nowhere. */
@NullMarked
package org.linkctl.modules.linux.bgproutes;

import org.jspecify.annotations.NullMarked;
