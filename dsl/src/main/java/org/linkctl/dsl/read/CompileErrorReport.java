package org.linkctl.dsl.read;

import java.util.List;
import org.codehaus.groovy.control.messages.ExceptionMessage;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.syntax.BracketErrors;
import org.linkctl.dsl.syntax.CompilerMessages;
import org.linkctl.dsl.syntax.ErrorInBrackets;
import org.linkctl.dsl.syntax.LexicalErrors;

/** Reports the compiler's errors in the terms of the language, except those that only follow from another one. */
final class CompileErrorReport {
    private final DiagnosticCollector diagnostics;
    private final String file;
    private final String text;
    private final CompileErrors errors;

    CompileErrorReport(DiagnosticCollector diagnostics, String file, String text, CompileErrors errors) {
        this.diagnostics = diagnostics;
        this.file = file;
        this.text = text;
        this.errors = errors;
    }

    void run() {
        if (diagnostics.isOtherKindOfFile()) return;
        for (Message message : List.copyOf(errors.getErrors())) {
            if (message instanceof SyntaxErrorMessage located) {
                if (!follows(located.getCause())) diagnostics.report(translated(located.getCause()));
            } else if (!diagnostics.failed()) {
                String what = message instanceof ExceptionMessage failure
                        ? String.valueOf(failure.getCause())
                        : String.valueOf(message);
                diagnostics.error(new Place(file, 0, 0), "cannot be compiled: " + MessageText.shown(what), "", null);
            }
        }
    }

    private Diagnostic translated(SyntaxException error) {
        return errors.isParsed()
                ? CompilerMessages.translate(diagnostics.sources(), at(error), message(error))
                : LexicalErrors.first(file, text).orElseGet(() -> unparsed(error));
    }

    private Diagnostic unparsed(SyntaxException first) {
        SyntaxException error = ErrorInBrackets.find(text, first.getStartLine(), first.getStartColumn())
                .orElse(first);
        Diagnostic told = CompilerMessages.translate(diagnostics.sources(), at(error), message(error));
        return new BracketErrors(file, text).explain(told, CompilerMessages.isOfEnd(message(error)));
    }

    private static String message(SyntaxException error) {
        return String.valueOf(error.getOriginalMessage());
    }

    private Place at(SyntaxException error) {
        return CompileErrors.place(file, error);
    }

    /**
     * A value of an unknown type is no error of its own where another error explains why its type is unknown. And where
     * the values of a word do not fit, the compiler does not know which words are known in its braces.
     */
    private boolean follows(SyntaxException error) {
        List<SyntaxException> all = errors.located();
        Place at = at(error);
        boolean inBracesOfError = CompilerMessages.isOfWord(message(error))
                && diagnostics.sources().usesAround(at).stream()
                        .filter(outer -> outer.body().compareTo(at) <= 0)
                        .anyMatch(outer -> all.stream().anyMatch(other -> outer.isBeforeBody(at(other))));
        if (inBracesOfError) return true;
        if (!isOfUnknownType(error)) return false;
        return all.stream()
                .anyMatch(other -> !other.equals(error)
                        && !isOfUnknownType(other)
                        && other.getStartLine() >= error.getStartLine()
                        && other.getEndLine() <= error.getEndLine());
    }

    private static boolean isOfUnknownType(SyntaxException error) {
        String message = message(error);
        return message.contains("'java.lang.Object'")
                || message.contains("for class: java.lang.Object")
                || message.matches("(?s).*#\\w+\\((.*, )?java\\.lang\\.Object.*");
    }
}
