/** The module {@code freebsd.devd}: the hooks of devd(8). */
@NullMarked
package org.linkctl.modules.freebsd.devd;

import org.jspecify.annotations.NullMarked;
