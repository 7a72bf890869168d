/** The one interface that every module implements, and what passes through it. */
@NullMarked
package org.linkctl.spi;

import org.jspecify.annotations.NullMarked;
