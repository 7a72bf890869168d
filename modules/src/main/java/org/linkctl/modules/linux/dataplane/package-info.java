/** The module {@code linux.data-plane}: what a gateway's hardware and kernel could do and do not. It changes nothing. */
@NullMarked
package org.linkctl.modules.linux.dataplane;

import org.jspecify.annotations.NullMarked;
