/** The module {@code freebsd.dhcp}: DHCP clients of interfaces. */
@NullMarked
package org.linkctl.modules.freebsd.dhcp;

import org.jspecify.annotations.NullMarked;
