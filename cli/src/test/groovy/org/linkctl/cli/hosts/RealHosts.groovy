package org.linkctl.cli.hosts

import java.time.Duration
import java.util.concurrent.TimeUnit
import org.linkctl.lab.FreebsdImage
import org.linkctl.lab.Lab
import org.linkctl.lab.Patience

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

    /** A limit for the command, in seconds for a machine that has nothing else to do; more where it has. */
    static String time(int seconds) {
        "${Patience.stretched(Duration.ofSeconds(seconds)).toSeconds()}s"
    }

    /** Waits for the end of a process, so many seconds on a machine that has nothing else to do. */
    static boolean ends(Process process, int seconds) {
        process.waitFor(Patience.stretched(Duration.ofSeconds(seconds)).toSeconds(), TimeUnit.SECONDS)
    }

    /** Whether a host can be logged in to. The lab forwards connections to one that is cut off, too: they stand and say nothing. */
    static boolean answers(Lab lab, String host) {
        new ProcessBuilder('timeout', time(5), 'ssh', '-F', lab.sshConfig().toString(), host, 'true')
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0
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
