package org.linkctl.dsl.read;

import java.util.Optional;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.report.InventoryException;
import org.linkctl.dsl.report.MessageText;

/** Turns an exception that ended a script into a diagnostic at the line of the inventory that threw it. */
final class ScriptExceptions {
    private ScriptExceptions() {}

    static void report(DiagnosticCollector diagnostics, Throwable problem, Place otherwise) {
        if (problem instanceof InventoryException failure) {
            diagnostics.report(failure.diagnostic());
            return;
        }
        Optional<Place> at = diagnostics.sources().placeOf(problem);
        diagnostics.report(Diagnostic.error(at.orElse(otherwise), describe(problem)));
    }

    private static String describe(Throwable problem) {
        String message =
                MessageText.shown(String.valueOf(problem.getMessage()).replaceFirst("(?s)\n.*", ""), MessageText.LONG);
        return switch (problem) {
            case NullPointerException e -> "a value is missing here (null): " + message.replaceFirst(" because .*", "");
            case IndexOutOfBoundsException e -> "there is no such element: " + message;
            case StackOverflowError e -> "a method calls itself without an end";
            case OutOfMemoryError e -> "asks for more memory than there is";
            case AssertionError e -> "assertion failed: " + message;
            case NumberFormatException e -> "not a number: " + message;
            default ->
                problem.getMessage() == null
                        ? "stopped by a " + problem.getClass().getSimpleName()
                        : "stopped: " + message;
        };
    }
}
