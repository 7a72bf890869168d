package org.linkctl.engine.guard;

/** A host does not keep what the guard needs, or the guard is no longer there. */
public final class GuardFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GuardFailure(String message) {
        super(message);
    }
}
