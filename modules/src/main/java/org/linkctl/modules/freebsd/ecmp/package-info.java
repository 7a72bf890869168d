/** The module {@code freebsd.ecmp}: routes over several tunnels. */
@NullMarked
package org.linkctl.modules.freebsd.ecmp;

import org.jspecify.annotations.NullMarked;
