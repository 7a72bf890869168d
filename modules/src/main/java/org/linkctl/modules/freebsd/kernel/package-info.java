/** Interfaces, routes and the release as a FreeBSD host tells them by ifconfig(8), netstat(1) and uname(1). */
@NullMarked
package org.linkctl.modules.freebsd.kernel;

import org.jspecify.annotations.NullMarked;
