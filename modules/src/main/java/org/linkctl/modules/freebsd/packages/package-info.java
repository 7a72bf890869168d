/** The module {@code freebsd.packages}: packages. */
@NullMarked
package org.linkctl.modules.freebsd.packages;

import org.jspecify.annotations.NullMarked;
