package org.linkctl.spi;

import org.linkctl.shell.Secret;

/** What a host said to a question. */
public sealed interface Answer {
    /** A command ran: its exit status (127: no such command) and both streams, as UTF-8. */
    record Output(int exit, String stdout, String stderr) implements Answer {
        public boolean ok() {
            return exit == 0;
        }
    }

    /** A file's whole content. */
    record Text(String text) implements Answer {}

    /** A hidden file's whole content. */
    record Hidden(Secret secret) implements Answer {}

    /** There is no such file. */
    record Absent() implements Answer {}

    /** The file is there and could not be read, or the answer could not be carried. */
    record Unreadable(String why) implements Answer {}
}
