/** What {@code linkctl doctor} says of the kernel of a FreeBSD host: whether it has what is declared. */
@NullMarked
package org.linkctl.modules.freebsd.kernelsupport;

import org.jspecify.annotations.NullMarked;
