/** The module {@code linux.packages}: packages. */
@NullMarked
package org.linkctl.modules.linux.packages;

import org.jspecify.annotations.NullMarked;
