package org.linkctl.lab;

import java.nio.file.Path;

/** A lab that ends with the block that opened it, and with this program however it is ended short of SIGKILL. */
public final class TemporaryLab implements AutoCloseable {
    private final Lab lab;
    private final Path folder;
    private final OnExit guard;

    TemporaryLab(Lab lab, Path folder, OnExit guard) {
        this.lab = lab;
        this.folder = folder;
        this.guard = guard;
    }

    /**
     * The lab itself.
     *
     * @return the running lab
     */
    public Lab lab() {
        return lab;
    }

    /** Ends every host and removes all files of the lab; the cached image stays. */
    @Override
    public void close() {
        LabHosts.destroy(folder);
        Folders.delete(folder);
        guard.close();
    }
}
