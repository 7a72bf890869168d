/** BGP and BFD by FRR, on either system: what it is to be configured as, and how that differs from what it is. */
@NullMarked
package org.linkctl.modules.frr;

import org.jspecify.annotations.NullMarked;
