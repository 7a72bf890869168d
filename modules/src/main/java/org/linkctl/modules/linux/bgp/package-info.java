/** The module {@code linux.bgp}: BGP and BFD by FRR. */
@NullMarked
package org.linkctl.modules.linux.bgp;

import org.jspecify.annotations.NullMarked;
