/** The module {@code linux.conntrackd}: the exchange of a pair's connections, by conntrackd(8). */
@NullMarked
package org.linkctl.modules.linux.conntrackd;

import org.jspecify.annotations.NullMarked;
