package org.linkctl.modules.freebsd.kernel;

import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/** The release of FreeBSD that a host runs (uname(1)). */
public final class Release {
    private static final Question.Command NAME = Question.command("uname", "-r");

    private Release() {}

    public static Question.Command question() {
        return NAME;
    }

    /** The first of the numbers of its name, such as 14 of {@code 14.2-RELEASE-p1}. */
    public static int major(Answers answers) {
        String text = answers.stdout(NAME);
        String major = text.strip().replaceFirst("\\..*", "");
        if (!major.matches("[0-9]{1,3}")) throw new UnreadableFacts("uname -r: no release: '" + text.strip() + "'");
        return Integer.parseInt(major);
    }
}
