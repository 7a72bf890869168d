/** The module {@code linux.user}: users that the inventory declares. */
@NullMarked
package org.linkctl.modules.linux.user;

import org.jspecify.annotations.NullMarked;
