/** What {@code linkctl doctor} says of the paths between the ends of tunnels: their MTU, NAT, and UDP ports. */
@NullMarked
package org.linkctl.modules.paths;

import org.jspecify.annotations.NullMarked;
