/** The module {@code linux.bridge}: bridges and their members. */
@NullMarked
package org.linkctl.modules.linux.bridge;

import org.jspecify.annotations.NullMarked;
