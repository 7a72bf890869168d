package org.linkctl.check;

import org.linkctl.diag.Diagnostic;

/**
 * One reason not to work with a fabric.
 *
 * @param attribute of the thing at the diagnostic's place that is to blame, as inventories name it; {@code name} for
 *     its name, empty for the thing as a whole
 * @param value the blamed value as it was written, where the attribute holds several; else empty
 */
public record Refusal(Kind kind, Diagnostic diagnostic, String attribute, String value) {
    /** What it is about. */
    public enum Kind {
        /** A value that is wrong by itself. */
        VALUE,
        /** A name that nothing has. */
        REFERENCE,
        /** A value that stands twice in one list: it is so whatever the rest says. */
        TWICE,
        /** Values of one attribute that are wrong together, whatever the other attributes say. */
        ALONE,
        /** Values that are right by themselves and wrong together. */
        CONFLICT
    }
}
