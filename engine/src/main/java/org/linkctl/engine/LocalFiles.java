package org.linkctl.engine;

import java.nio.file.Path;
import java.util.Optional;
import org.linkctl.shell.Artifact;

/** Where this machine has the files that hosts are sent. */
@FunctionalInterface
public interface LocalFiles {
    LocalFiles NONE = artifact -> Optional.empty();

    /** A file of that content; empty where it was not looked for, or is not there. */
    Optional<Path> of(Artifact artifact);
}
