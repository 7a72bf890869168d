/** Tables of nftables that are linkctl's own. */
@NullMarked
package org.linkctl.modules.linux.nftables;

import org.jspecify.annotations.NullMarked;
