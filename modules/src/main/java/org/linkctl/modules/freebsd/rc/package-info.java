/** rc.conf(5), the services of rc(8), and programs that it runs. */
@NullMarked
package org.linkctl.modules.freebsd.rc;

import org.jspecify.annotations.NullMarked;
