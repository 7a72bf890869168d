package org.linkctl.engine.ssh;

import org.jspecify.annotations.Nullable;

/**
 * What a command on a host wrote to standard error, and how it ended.
 *
 * @param text on one line
 * @param status its exit status; null: it still runs, or a signal ended it
 */
record ProgramOutput(String text, @Nullable Integer status) {
    boolean exitedWith(int code) {
        return status != null && status == code;
    }
}
