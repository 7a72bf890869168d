/** The module {@code freebsd.bridge}: bridges and their members. */
@NullMarked
package org.linkctl.modules.freebsd.bridge;

import org.jspecify.annotations.NullMarked;
