/** pf's grammar: an inventory's firewall, translations, balances and published services as rules of pf.conf(5). */
@NullMarked
package org.linkctl.modules.freebsd.pfrules;

import org.jspecify.annotations.NullMarked;
