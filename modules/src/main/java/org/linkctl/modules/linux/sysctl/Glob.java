package org.linkctl.modules.linux.sysctl;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.regex.PatternSyntaxException;

/** Patterns of glob(7), as systemd-sysctl(8) has them: a star stands for no slash. No file is looked at. */
final class Glob {
    private Glob() {}

    /** False as well where the pattern is none. */
    static boolean matches(String pattern, String path) {
        if (pattern.chars().noneMatch(c -> "*?[".indexOf(c) >= 0)) return false;
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(path));
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
