package org.linkctl.cli.files;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.linkctl.engine.LocalFiles;
import org.linkctl.shell.Artifact;

/** The files that were found to be what the inventory says, by their SHA-256. */
public final class FileStore implements LocalFiles {
    private final Map<String, Path> bySha256 = new ConcurrentHashMap<>();

    void add(Artifact artifact, Path file) {
        bySha256.put(artifact.sha256(), file);
    }

    @Override
    public Optional<Path> of(Artifact artifact) {
        return Optional.ofNullable(bySha256.get(artifact.sha256()));
    }
}
