package org.linkctl.modules.freebsd.rc;

import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/** The names of the files that rc.d/netif reads beside rc.conf(5). */
public final class RcFiles {
    private static final Question.Command NAMES = Question.command("ls", "-1A", "/etc/rc.conf.d/netif");

    private RcFiles() {}

    public static Question.Command question() {
        return NAMES;
    }

    /** None where there is no such folder. */
    public static Set<String> read(Answers answers) {
        return answers.to(NAMES).stdout().lines().collect(Collectors.toUnmodifiableSet());
    }
}
