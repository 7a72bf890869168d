package org.linkctl.modules.hostsshd;

import java.util.List;
import org.linkctl.modules.shellfile.ShellFile;

/** What is asked by a program of several lines, and the one that has sshd read its configuration again. */
public final class SshdPrograms {
    private static final String RUNNING =
            ShellFile.of(SshdPrograms.class, "running.sh").text();
    private static final String LOGIN =
            ShellFile.of(SshdPrograms.class, "login.sh").text();
    private static final String RELOAD =
            ShellFile.of(SshdPrograms.class, "reload.sh").text();

    private SshdPrograms() {}

    /** Those that only look. */
    public static List<String> questions() {
        return List.of(RUNNING, LOGIN);
    }

    static List<String> running() {
        return List.of("/bin/sh", "-c", RUNNING, "sh", SshdFiles.MAIN, SshdFiles.FOLDER);
    }

    static List<String> login() {
        return List.of("/bin/sh", "-c", LOGIN, "sh");
    }

    static List<String> reload() {
        return List.of("/bin/sh", "-c", RELOAD, "sh");
    }
}
