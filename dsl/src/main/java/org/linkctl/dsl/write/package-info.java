/** Writes inventories. */
@NullMarked
package org.linkctl.dsl.write;

import org.jspecify.annotations.NullMarked;
