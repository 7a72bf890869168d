/** The module {@code linux.balance}: connections that are spread over next hops. */
@NullMarked
package org.linkctl.modules.linux.balance;

import org.jspecify.annotations.NullMarked;
