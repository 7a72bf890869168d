/** The module {@code freebsd.file}: files that the inventory declares. */
@NullMarked
package org.linkctl.modules.freebsd.file;

import org.jspecify.annotations.NullMarked;
