/** The module {@code linux.role}: what a host does when it becomes master or backup of its pair. */
@NullMarked
package org.linkctl.modules.linux.role;

import org.jspecify.annotations.NullMarked;
