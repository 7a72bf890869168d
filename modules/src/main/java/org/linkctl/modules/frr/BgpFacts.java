package org.linkctl.modules.frr;

import java.util.List;
import java.util.Set;
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
    public BgpFacts {
        ownFiles = List.copyOf(ownFiles);
        running = Set.copyOf(running);
        lines = List.copyOf(lines);
    }

    boolean runs() {
        return !running.isEmpty();
    }

    FrrFile fileOrNone() {
        return file == null ? FrrFile.made() : file;
    }
}
