/** The module {@code freebsd.user}: users that the inventory declares. */
@NullMarked
package org.linkctl.modules.freebsd.user;

import org.jspecify.annotations.NullMarked;
