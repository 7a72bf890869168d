/** How sshd lets users in, as the inventory declares it, on all systems. */
@NullMarked
package org.linkctl.modules.hostsshd;

import org.jspecify.annotations.NullMarked;
