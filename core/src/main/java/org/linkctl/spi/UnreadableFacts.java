package org.linkctl.spi;

/** A host's answer that cannot be understood. Nothing is guessed: the host is left alone and the answer is shown. */
public final class UnreadableFacts extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableFacts(String what) {
        super(what);
    }
}
