/** What a WireGuard tunnel is on every system: its keys, its peers, and what differs in one that runs. */
@NullMarked
package org.linkctl.modules.wireguard;

import org.jspecify.annotations.NullMarked;
