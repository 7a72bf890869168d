package org.linkctl.shell;

/** Something to ask a host. Asking changes nothing there. Equal questions are asked once, however many modules ask. */
public sealed interface Question {
    /** Runs a read-only command. Any exit status is an answer. */
    record Command(Argv argv) implements Question {}

    /** Reads a whole file; that it is not there is an answer. */
    record ReadFile(String path) implements Question {}

    /** Reads a whole file that nobody may see. The answer is a {@link Secret} from the first byte on. */
    record ReadSecret(String path) implements Question {}

    static Question command(String... words) {
        return new Command(Argv.of(words));
    }

    static Question file(String path) {
        return new ReadFile(path);
    }

    static Question secret(String path) {
        return new ReadSecret(path);
    }
}
