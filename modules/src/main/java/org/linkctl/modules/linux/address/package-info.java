/** The module {@code linux.address}: addresses and the MTU of interfaces. */
@NullMarked
package org.linkctl.modules.linux.address;

import org.jspecify.annotations.NullMarked;
