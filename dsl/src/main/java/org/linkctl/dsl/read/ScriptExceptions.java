package org.linkctl.dsl.read;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.report.InventoryException;
import org.linkctl.dsl.report.MessageText;

/** Turns an exception that ended a script into a diagnostic at the line of the inventory that threw it. */
final class ScriptExceptions {
    private static final Pattern CALL = Pattern.compile("Cannot invoke \"[\\w.$]*?(\\w+)\\(");

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
        String message = MessageText.shown(firstLine(problem), MessageText.LONG);
        return switch (problem) {
            case NullPointerException e -> "a value is missing here (null)" + asked(message);
            case IndexOutOfBoundsException e -> "there is no such element: " + message;
            case StackOverflowError e -> "a method calls itself without an end";
            case OutOfMemoryError e -> "asks for more memory than there is";
            // Names are looked up in the braces that they stand in, which Groovy writes as a delegate.
            case AssertionError e -> "assertion failed: " + message.replace("delegate.", "");
            case NumberFormatException e ->
                "not a number: " + message.replaceFirst("^For input string: \"(.*)\"$", "'$1'");
            case UnsupportedOperationException e -> "what is changed here cannot be changed: a copy can, by collect()";
            default ->
                problem.getMessage() == null
                        ? "stopped by a " + problem.getClass().getSimpleName()
                        : "stopped: " + message;
        };
    }

    private static String firstLine(Throwable problem) {
        return String.valueOf(problem.getMessage()).replaceFirst("(?s)\n.*", "");
    }

    /** What was asked of null, in the words of the inventory: the JDK's message has the full names of classes (JEP 358). */
    private static String asked(String message) {
        Matcher call = CALL.matcher(message);
        return call.lookingAt() ? ": " + call.group(1) + "() is asked of it" : "";
    }
}
