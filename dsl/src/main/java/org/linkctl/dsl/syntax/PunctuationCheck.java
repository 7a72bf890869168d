package org.linkctl.dsl.syntax;

import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.syntax.Types;
import org.linkctl.dsl.report.MessageText;

/**
 * Finds punctuation mistakes that are valid Groovy with another meaning: a missing comma, missing parentheses, = for a
 * colon.
 */
final class PunctuationCheck {
    private PunctuationCheck() {}

    /** Reports the mistakes in the values of a word; true where there is one, so that the word cannot be read. */
    static boolean reports(WordCheck check, WordArguments arguments) {
        boolean found = false;
        for (Expression value : arguments.values()) {
            boolean slip = value instanceof MethodCallExpression call && isText(check, call);
            if (slip) comma(check, (MethodCallExpression) value);
            if (value instanceof BinaryExpression binary && isAssignment(binary)) {
                assignment(check, binary);
                slip = true;
            }
            found |= slip;
        }
        return found;
    }

    /** {@code 'a' b: 1} and {@code 'a' { }} call a method whose name is the text. */
    private static boolean isText(WordCheck check, MethodCallExpression call) {
        return call.isImplicitThis() && check.source(call.getMethod()).matches("['\"].*");
    }

    private static void comma(WordCheck check, MethodCallExpression call) {
        String text = "'" + MessageText.shown(String.valueOf(call.getMethodAsString())) + "'";
        boolean braces = call.getArguments() instanceof ArgumentListExpression all
                && all.getExpressions().size() == 1
                && all.getExpression(0) instanceof ClosureExpression;
        if (braces) {
            check.error(
                    check.at(call.getMethod()),
                    "parentheses are missing around " + text,
                    "written (" + text + ") { … }",
                    null);
        } else check.error(check.at(call.getMethod()), "a comma is missing after " + text, "", null);
    }

    private static boolean isAssignment(BinaryExpression binary) {
        return binary.getOperation().getType() == Types.ASSIGN
                && binary.getLeftExpression() instanceof VariableExpression;
    }

    private static void assignment(WordCheck check, BinaryExpression binary) {
        String name = binary.getLeftExpression().getText();
        check.error(check.at(binary), "an attribute is written with a colon: " + name + ": …", "", null);
    }
}
