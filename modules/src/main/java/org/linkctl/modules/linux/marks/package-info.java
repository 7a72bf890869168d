/** Marks of packets, and numbers of routing tables. */
@NullMarked
package org.linkctl.modules.linux.marks;

import org.jspecify.annotations.NullMarked;
