package org.linkctl.modules

import org.linkctl.modules.freebsd.kernel.Netstat

/** The scripts among the questions for routes. */
class Routes {
    static final List<String> SCRIPTS = [Netstat.SCRIPT]
}
