/** The module {@code linux.uplinks}: what was asked by an interface is answered through its neighbour. */
@NullMarked
package org.linkctl.modules.linux.uplinks;

import org.jspecify.annotations.NullMarked;
