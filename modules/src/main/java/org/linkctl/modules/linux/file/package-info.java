/** The module {@code linux.file}: files that the inventory declares. */
@NullMarked
package org.linkctl.modules.linux.file;

import org.jspecify.annotations.NullMarked;
