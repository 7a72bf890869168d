/** The module {@code freebsd.pf}: the firewall in /etc/pf.conf. */
@NullMarked
package org.linkctl.modules.freebsd.pf;

import org.jspecify.annotations.NullMarked;
