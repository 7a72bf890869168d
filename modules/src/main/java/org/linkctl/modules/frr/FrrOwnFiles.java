package org.linkctl.modules.frr;

import java.util.List;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;

/**
 * Files of single daemons, such as {@code ospfd.conf}, beside {@code frr.conf}. A daemon reads its own only where there is no
 * frr.conf (lib/vty.c, vty_read_config): one that is made takes away at the next boot what they say.
 */
public final class FrrOwnFiles {
    /** FRR's start makes empty ones where there is no frr.conf (frrcommon.sh, daemon_prep), which say nothing. */
    private static final String SCRIPT = "for file in \"$1\"/zebra.conf \"$1\"/*d.conf \"$1\"/*d-*.conf; do"
            + " if test -f \"$file\" && grep -q '^[[:blank:]]*[^[:blank:]!#]' \"$file\"; then echo \"${file##*/}\"; fi; done";

    private FrrOwnFiles() {}

    /** Asks for the names of those that say anything. */
    static Question.Command question(String conf) {
        return Question.command("/bin/sh", "-c", script(), "sh", folder(conf));
    }

    /** The program of {@link #question}. */
    public static String script() {
        return SCRIPT;
    }

    static List<String> read(String conf, Answers answers) {
        return answers.stdout(question(conf)).lines().toList();
    }

    private static String folder(String conf) {
        return conf.substring(0, conf.lastIndexOf('/'));
    }

    /** @throws Refused where frr.conf is not there, and these are what the daemons read */
    static void refuse(BgpFacts have) {
        if (have.file() != null || have.ownFiles().isEmpty()) return;
        throw new Refused(
                "FRR reads " + String.join(", ", have.ownFiles()) + " there, each daemon its own, and would read"
                        + " none of them any more once there is a frr.conf, which linkctl writes: have FRR put all into one first,"
                        + " while it runs: vtysh -c 'write integrated'");
    }
}
