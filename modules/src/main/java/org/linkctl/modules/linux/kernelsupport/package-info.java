/** What {@code linkctl doctor} says of the kernel of a Linux host: whether it has what is declared. */
@NullMarked
package org.linkctl.modules.linux.kernelsupport;

import org.jspecify.annotations.NullMarked;
