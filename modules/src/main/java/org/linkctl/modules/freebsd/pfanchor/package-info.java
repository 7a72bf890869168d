/** The module {@code freebsd.pf-anchor}: the firewall in an anchor of somebody else's rules. */
@NullMarked
package org.linkctl.modules.freebsd.pfanchor;

import org.jspecify.annotations.NullMarked;
