package org.linkctl.shell;

/** What a file is to hold. */
public sealed interface Content {
    /** A text that anybody who may read plans may see. */
    record Plain(String text) implements Content {}

    /** A text that is never shown. */
    record Hidden(Secret secret) implements Content {}

    static Content of(String text) {
        return new Plain(text);
    }

    static Content of(Secret secret) {
        return new Hidden(secret);
    }
}
