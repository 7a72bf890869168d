/** The module {@code linux.pair-filter}: a pair is told by the other host alone. */
@NullMarked
package org.linkctl.modules.linux.pairfilter;

import org.jspecify.annotations.NullMarked;
