/** The module {@code linux.vrrp}: addresses that a pair shares, by keepalived(8). */
@NullMarked
package org.linkctl.modules.linux.vrrp;

import org.jspecify.annotations.NullMarked;
