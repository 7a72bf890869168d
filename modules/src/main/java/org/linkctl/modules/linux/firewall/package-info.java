/** The firewall of a host: a table of nftables that is linkctl's own, beside those of others. */
@NullMarked
package org.linkctl.modules.linux.firewall;

import org.jspecify.annotations.NullMarked;
