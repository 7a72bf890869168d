package org.linkctl.lab;

/** Something the lab cannot go on after. The message says what failed, where to look, and what to do if that is known. */
public final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * With nothing underneath.
     *
     * @param message what failed, for a human
     */
    public LabException(String message) {
        super(message);
    }

    /**
     * With the failure underneath.
     *
     * @param message what failed, for a human
     * @param cause why
     */
    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
