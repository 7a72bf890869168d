package org.linkctl.lab

/** Whether this build may boot real hosts. Says so once where it may not: a skipped test is silent otherwise. */
class RealHosts {
    private static boolean said

    static synchronized boolean wanted() {
        boolean on = Boolean.getBoolean('linkctl.lab')
        if (!on && !said) {
            said = true
            println 'SKIPPED: the *LabSpec specs, which boot real hosts under QEMU (minutes): -Dlinkctl.lab=false was given'
        }
        on
    }
}
