/** The module {@code linux.mss}: the MSS of TCP connections through tunnels. */
@NullMarked
package org.linkctl.modules.linux.mss;

import org.jspecify.annotations.NullMarked;
