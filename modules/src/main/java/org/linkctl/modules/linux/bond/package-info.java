/** The module {@code linux.bond}: bonds. */
@NullMarked
package org.linkctl.modules.linux.bond;

import org.jspecify.annotations.NullMarked;
