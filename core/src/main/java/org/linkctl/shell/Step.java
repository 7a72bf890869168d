package org.linkctl.shell;

import java.util.List;

/** One effect on a host, as data. The set is closed: the engine and the golden files know every case. */
public sealed interface Step {
    /** Runs a command; a status other than 0 stops the host's run. {@code undo} takes it back, in order. */
    record Run(Argv argv, List<Argv> undo) implements Step {
        public Run {
            undo = List.copyOf(undo);
        }
    }

    /**
     * Puts a whole file in place: temporary file in the same folder, mode before content, fsync, rename. Missing
     * folders are made with mode 0755. Undone by putting the former file back.
     *
     * @param mode octal, such as {@code 0644}; the owner is root
     */
    record PutFile(String path, String mode, Content content) implements Step {}

    /**
     * Sends a file that is too large for a script, in parts, and puts it in place as {@link PutFile} does; the host
     * compares its SHA-256 before that. Undone by putting the former file back.
     *
     * @param mode octal, such as {@code 0755}; the owner is root
     */
    record SendFile(String path, String mode, Artifact artifact) implements Step {}

    /**
     * Makes a symbolic link, or has one lead elsewhere in one step (rename(2)). Not for one that leads to a folder: it
     * could not be put back in one step. Undone by putting the former link back.
     *
     * @param target an absolute path
     */
    record Link(String path, String target) implements Step {}

    /**
     * Removes a file, and the folders of linkctl's own that are empty then; that it is gone already is no error. Undone by
     * putting the former file back.
     */
    record RemoveFile(String path) implements Step {}

    /**
     * Makes a file from what a command prints on the host, so that the content never leaves it (keys). An existing
     * file is never replaced.
     */
    record GenerateFile(String path, String mode, Argv producer) implements Step {}

    /** Writes a value into a file of the kernel (/proc/sys, /sys), in place. Undone by writing the former value. */
    record WriteValue(String path, String value) implements Step {}

    static Step run(String... words) {
        return new Run(Argv.of(words), List.of());
    }

    static Step run(Argv argv, Argv... undo) {
        return new Run(argv, List.of(undo));
    }

    static Step put(String path, String mode, String text) {
        return new PutFile(path, mode, Content.of(text));
    }
}
