/** The interface that every module implements, those that some implement beside it, and what passes through them. */
@NullMarked
package org.linkctl.spi;

import org.jspecify.annotations.NullMarked;
