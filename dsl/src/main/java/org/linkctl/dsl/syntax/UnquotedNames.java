package org.linkctl.dsl.syntax;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.syntax.Types;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.words.Vocabulary.Word;

/**
 * Names without their quotes: {@code site(a, …)} and {@code host(b-gw, …)}, which Groovy reads as variables. They are
 * reported and read as the texts that they stand for, since a word with an unknown value would hide its own braces
 * from the compiler.
 */
final class UnquotedNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    private UnquotedNames() {}

    /**
     * Replaces unquoted names among the positional values by texts; false where the word cannot be read in spite of
     * that.
     */
    static boolean correct(WordCheck check, Word word, WordArguments arguments) {
        List<Expression> values = arguments.values();
        boolean read = true;
        for (int i = 0; i < values.size(); i++) {
            if (!isText(word, values.size(), i)) continue;
            Expression value = values.get(i);
            Optional<String> name = name(check, value);
            if (name.isEmpty()) continue;
            say(check, value, name.get(), true);
            ConstantExpression text = new ConstantExpression(name.get());
            text.setSourcePosition(value);
            values.set(i, text);
            if (arguments.call().getArguments() instanceof TupleExpression all) {
                Collections.replaceAll(all.getExpressions(), value, text);
            }
            if (word.namesFile()) read = false; // that there is no such file would only follow
        }
        return read;
    }

    /**
     * Reports the value of an attribute, or an element of its list, that is an unquoted name.
     *
     * @param text whether a text is allowed there
     */
    static boolean reports(WordCheck check, Expression value, boolean text) {
        Optional<String> name = name(check, value);
        name.ifPresent(found -> say(check, value, found, text));
        return name.isPresent();
    }

    private static void say(WordCheck check, Expression value, String name, boolean text) {
        check.error(
                check.at(value),
                text ? MessageText.shown(name) + " is no variable" : "no '" + MessageText.shown(name) + "' here",
                text ? "a text stands in quotes" : "neither a variable nor a constant is named so",
                text ? "the text '" + MessageText.shown(name) + "'" : null);
    }

    private static boolean isText(Word word, int given, int index) {
        return word.arguments(given).stream()
                .anyMatch(types -> types.size() == given && types.get(index) == String.class);
    }

    /** The text as it is written; empty where the value is anything but names that are not declared. */
    private static Optional<String> name(WordCheck check, Expression value) {
        if (!isUnknown(check, value) || value.getLineNumber() != value.getLastLineNumber()) return Optional.empty();
        String rest = check.source(value);
        int length = value.getLastColumnNumber() - value.getColumnNumber();
        return Optional.of(
                        rest.substring(0, Math.clamp(length, 0, rest.length())).strip())
                .filter(text -> NAME.matcher(text).matches());
    }

    /**
     * Whether the expression begins with a variable that is not declared: {@code a}, {@code a-gw} or {@code
     * net.ipv4.ip_forward}.
     */
    private static boolean isUnknown(WordCheck check, Expression value) {
        return switch (value) {
            case VariableExpression variable ->
                variable.getAccessedVariable() instanceof DynamicVariable && !check.isValue(variable.getName());
            case PropertyExpression property -> isUnknown(check, property.getObjectExpression());
            case BinaryExpression binary ->
                binary.getOperation().getType() == Types.MINUS && isUnknown(check, binary.getLeftExpression());
            default -> false;
        };
    }
}
