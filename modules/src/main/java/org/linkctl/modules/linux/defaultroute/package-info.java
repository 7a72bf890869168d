/** The module {@code linux.default-route}: where a host sends what leads nowhere else. */
@NullMarked
package org.linkctl.modules.linux.defaultroute;

import org.jspecify.annotations.NullMarked;
