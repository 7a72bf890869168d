/** The module {@code freebsd.vlan}: VLANs. */
@NullMarked
package org.linkctl.modules.freebsd.vlan;

import org.jspecify.annotations.NullMarked;
