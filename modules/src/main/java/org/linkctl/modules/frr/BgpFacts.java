package org.linkctl.modules.frr;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was found.
 *
 * @param file what is read at boot; null: there is no such file
 * @param ownFiles names of files of single daemons beside it, of those that say anything
 * @param running the daemons that run; none: FRR does not
 * @param lines the configuration that they run with
 */
public record BgpFacts(
        FrrSwitch service, @Nullable FrrFile file, List<String> ownFiles, Set<String> running, List<FrrLine> lines) {
    private static final Pattern VERSION = Pattern.compile("frr version (\\d{1,4})\\.(\\d{1,4})");

    public BgpFacts {
        ownFiles = List.copyOf(ownFiles);
        running = Set.copyOf(running);
        lines = List.copyOf(lines);
    }

    boolean runs() {
        return !running.isEmpty();
    }

    /** Whether FRR runs, and in a version before that one. */
    boolean isBefore(int major, int minor) {
        for (FrrLine line : lines) {
            Matcher version = VERSION.matcher(line.text());
            if (!line.context().isEmpty() || !version.lookingAt()) continue;
            int runs = Integer.parseInt(version.group(1));
            return runs < major || (runs == major && Integer.parseInt(version.group(2)) < minor);
        }
        return false;
    }

    FrrFile fileOrNone() {
        return file == null ? FrrFile.made() : file;
    }
}
