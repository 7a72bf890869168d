package org.linkctl.dsl.syntax;

import groovy.lang.IntRange;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.words.CountOrShare;
import org.linkctl.dsl.words.FlagOrPrefixes;
import org.linkctl.dsl.words.FlagOrSecret;
import org.linkctl.dsl.words.PortOrList;

/** The types of literals. The types of other expressions are inferred later, by Groovy's type checker. */
final class Literals {
    private Literals() {}

    /** False only where the literal certainly has another type. */
    static boolean mayBe(Expression value, Class<?> type) {
        return switch (value) {
            case ConstantExpression constant -> constantMayBe(constant.getValue(), type);
            case GStringExpression text -> type == String.class || takesTexts(type) || type == CountOrShare.class;
            case ListExpression list -> type == List.class || takesTexts(type) || type == PortOrList.class;
            case MapExpression map -> type == Map.class;
            case RangeExpression range ->
                (type == IntRange.class || type == PortOrList.class)
                        && mayBe(range.getFrom(), int.class)
                        && mayBe(range.getTo(), int.class);
            case ClosureExpression braces -> false;
            case PropertyExpression property
            when property.getObjectExpression() instanceof ClassExpression owner
                    && owner.getType().isEnum() -> owner.getType().getName().equals(type.getName());
            default -> true;
        };
    }

    private static boolean constantMayBe(@Nullable Object value, Class<?> type) {
        if (value == null) return false;
        if (type == FlagOrSecret.class) return value instanceof Boolean;
        if (type == FlagOrPrefixes.class && value instanceof Boolean) return true;
        if (takesTexts(type)) return value instanceof String;
        if (type == CountOrShare.class) return value instanceof Integer || value instanceof String;
        if (type == int.class || type == PortOrList.class) return value instanceof Integer;
        if (type == Number.class) return value instanceof Integer || value instanceof Long;
        return type.isInstance(value);
    }

    /**
     * The literal of the wanted type that was probably meant; null where there is none.
     *
     * @param anyText a text is right whatever it says
     */
    static @Nullable String corrected(Expression value, Class<?> type, boolean anyText) {
        if (!(value instanceof ConstantExpression constant)) return null;
        Object what = constant.getValue();
        if ((type == Integer.class || type == Number.class)
                && what instanceof String text
                && text.matches("[0-9]{1,9}")) return text;
        if (type == Integer.class && what instanceof Long number && fits(number)) return number.toString();
        if ((type == Boolean.class || type == FlagOrSecret.class) && ("true".equals(what) || "false".equals(what)))
            return String.valueOf(what);
        return anyText && what instanceof Number ? "'" + what + "'" : null;
    }

    /** One text, or several. */
    static boolean takesTexts(Class<?> type) {
        return type == Object.class || type == FlagOrPrefixes.class;
    }

    private static boolean fits(long number) {
        return number == (int) number;
    }

    /** How a value is called in a message. */
    static String shown(Expression value) {
        return switch (value) {
            case ConstantExpression constant
            when constant.getValue() instanceof String text -> "the text '" + MessageText.shown(text) + "'";
            case ConstantExpression constant
            when constant.getValue() instanceof Long number ->
                fits(number) ? number + "L" : number + ", which is too large";
            case ConstantExpression constant
            when constant.getValue() instanceof BigInteger number -> MessageText.shown(number + ", which is too large");
            case ConstantExpression constant -> MessageText.shown(String.valueOf(constant.getValue()));
            case GStringExpression text -> "a text";
            case ListExpression list -> "a list";
            case MapExpression map -> "values by name";
            case RangeExpression range ->
                "the range "
                        + MessageText.shown(
                                range.getFrom().getText() + ".." + range.getTo().getText());
            case ClosureExpression braces -> "braces";
            case VariableExpression variable -> variable.getName();
            case PropertyExpression property -> String.valueOf(property.getPropertyAsString());
            default -> MessageText.shown(value.getText());
        };
    }
}
