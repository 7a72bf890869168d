/** The module {@code freebsd.bgp}: BGP and BFD by FRR. */
@NullMarked
package org.linkctl.modules.freebsd.bgp;

import org.jspecify.annotations.NullMarked;
