/** The module {@code freebsd.proxy-arp}: answers for addresses by proxy ARP. */
@NullMarked
package org.linkctl.modules.freebsd.proxyarp;

import org.jspecify.annotations.NullMarked;
