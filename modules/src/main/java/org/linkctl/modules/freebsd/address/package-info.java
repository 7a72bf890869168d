/** The module {@code freebsd.address}: addresses and the MTU of interfaces. */
@NullMarked
package org.linkctl.modules.freebsd.address;

import org.jspecify.annotations.NullMarked;
