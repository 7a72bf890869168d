/** rc.conf(5) and the services of rc(8). */
@NullMarked
package org.linkctl.modules.freebsd.rc;

import org.jspecify.annotations.NullMarked;
