/** The module {@code linux.ecmp}: routes over several tunnels. */
@NullMarked
package org.linkctl.modules.linux.ecmp;

import org.jspecify.annotations.NullMarked;
