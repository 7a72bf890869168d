package org.linkctl.modules.hostsshd;

import java.util.List;
import java.util.stream.Collectors;
import org.linkctl.modules.shellfile.ShellFile;

/** What is asked by a program, and the one that has sshd read its configuration again. */
public final class SshdPrograms {
    private static final String RUNNING = line("running.sh");
    private static final String LOGIN = line("login.sh");
    private static final String RELOAD =
            ShellFile.of(SshdPrograms.class, "reload.sh").text();

    private SshdPrograms() {}

    /** A program of one line, as questions are shown; what is said of it goes. */
    private static String line(String name) {
        return ShellFile.of(SshdPrograms.class, name)
                .text()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n"));
    }

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
