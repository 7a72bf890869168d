package org.linkctl.engine.guard;

/** The guard on a host could not be installed, gives no answer, or refuses a command. */
public final class GuardFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GuardFailure(String message) {
        super(message);
    }
}
