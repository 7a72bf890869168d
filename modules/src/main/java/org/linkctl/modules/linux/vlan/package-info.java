/** The module {@code linux.vlan}: VLANs. */
@NullMarked
package org.linkctl.modules.linux.vlan;

import org.jspecify.annotations.NullMarked;
