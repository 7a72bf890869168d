package org.linkctl.cli.hosts

import org.linkctl.lab.FreebsdImage

/** Whether this build may boot real hosts. Says so once where it may not: a skipped test is silent otherwise. */
class RealHosts {
    private static boolean said

    private static final Set<String> SAID = []

    /** Whether what takes many minutes more may run too. */
    static synchronized boolean patient(String what) {
        boolean on = wanted() && Boolean.getBoolean('linkctl.long')
        if (!on && wanted() && SAID.add(what)) {
            println "SKIPPED: $what (many minutes): -Dlinkctl.long=true was not given"
        }
        on
    }

    /** Whether a FreeBSD was given to boot, too. */
    static synchronized boolean freebsd(String what) {
        boolean given = wanted() && FreebsdImage.of(System.getenv()).present
        if (!given && wanted() && SAID.add(what)) {
            println "SKIPPED: $what: $FreebsdImage.FILE names no image (docs/lab.md)"
        }
        given
    }

    static synchronized boolean wanted() {
        boolean on = Boolean.getBoolean('linkctl.lab')
        // Where nothing is said, no test is run: surefire only looks which there are, in a Java without the build's properties.
        if (!on && !said && System.getProperty('linkctl.lab') != null) {
            said = true
            println 'SKIPPED: the *LabSpec specs of the command, which boot real hosts under QEMU (minutes): -Dlinkctl.lab=false was given'
        }
        on
    }
}
