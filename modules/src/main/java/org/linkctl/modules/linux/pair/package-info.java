/** What the modules of a pair share on Linux: the two ends, the addresses that they share, and who holds them. */
@NullMarked
package org.linkctl.modules.linux.pair;

import org.jspecify.annotations.NullMarked;
