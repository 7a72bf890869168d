package org.linkctl.dsl.report;

import org.linkctl.diag.Diagnostic;

/** Ends the run of an inventory, or the reading of a file, with the diagnostic that says why. */
public final class InventoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Diagnostic diagnostic;

    public InventoryException(Diagnostic diagnostic) {
        super(diagnostic.summary());
        this.diagnostic = diagnostic;
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
