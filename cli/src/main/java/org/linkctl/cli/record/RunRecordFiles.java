package org.linkctl.cli.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.linkctl.cli.io.PrivateFile;
import org.linkctl.cli.io.UserFolders;

/**
 * The files of run records on this machine: who ran what, with which inventory, and how it ended. They are in
 * $XDG_STATE_HOME/linkctl/runs (~/.local/state by the XDG Base Directory Specification), readable by their owner alone.
 */
public final class RunRecordFiles {
    private RunRecordFiles() {}

    /**
     * Writes the record of a run, whole or not at all; an existing one is replaced.
     *
     * @return its path
     */
    static Path write(Map<String, String> environment, String run, String text) throws IOException {
        return PrivateFile.write(made(environment).resolve(run + ".json"), text);
    }

    /** The path of a run's log, in a folder that exists. */
    public static Path log(Map<String, String> environment, String run) throws IOException {
        return made(environment).resolve(run + ".log");
    }

    private static Path made(Map<String, String> environment) throws IOException {
        return PrivateFile.folder(folder(environment));
    }

    private static Path folder(Map<String, String> environment) throws IOException {
        return UserFolders.state(environment)
                .map(state -> state.resolve("runs"))
                .orElseThrow(() -> new IOException("neither XDG_STATE_HOME nor HOME says where"));
    }
}
