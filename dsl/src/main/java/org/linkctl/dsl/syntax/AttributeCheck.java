package org.linkctl.dsl.syntax;

import groovy.lang.IntRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.report.LiteralSecret;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.report.NumberMistake;
import org.linkctl.dsl.words.FlagOrSecret;
import org.linkctl.dsl.words.PortOrList;
import org.linkctl.dsl.words.Vocabulary;
import org.linkctl.dsl.words.Vocabulary.Attribute;
import org.linkctl.dsl.words.Vocabulary.Word;
import org.linkctl.model.SecretRef;

/** Checks the attributes of one use of a word, and removes those that are wrong from the tree. */
final class AttributeCheck {
    /** Three octal digits, with a 0 before them or without. */
    private static final Pattern MODE = Pattern.compile("0*(?<digits>[0-7]{3})(?![\\w.])");

    private final WordCheck check;
    private final Word word;
    private final WordArguments arguments;
    private final Set<String> ignored;

    /**
     * @param ignored collects the attributes that are read as if they had not been given, and those probably meant by
     *     an unknown name
     */
    AttributeCheck(WordCheck check, Word word, WordArguments arguments, Set<String> ignored) {
        this.check = check;
        this.word = word;
        this.arguments = arguments;
        this.ignored = ignored;
    }

    /** Reports and removes attributes that are unknown, given twice or of the wrong type. */
    void check() {
        MapExpression map = arguments.map();
        if (map == null) return;
        Set<String> seen = new HashSet<>();
        for (Iterator<MapEntryExpression> each = map.getMapEntryExpressions().iterator(); each.hasNext(); ) {
            MapEntryExpression entry = each.next();
            String name = entry.getKeyExpression().getText();
            Attribute attribute = word.attributes().get(name);
            if (attribute == null) unknown(entry, name);
            else if (!seen.add(name)) {
                check.error(check.at(entry), name + ": is given twice", "", null);
            } else if (fits(attribute, entry)) continue;
            each.remove();
        }
        if (map.getMapEntryExpressions().isEmpty() && word.attributes().isEmpty()) dropMap(map);
    }

    private void dropMap(MapExpression map) {
        if (arguments.call().getArguments() instanceof ArgumentListExpression all) {
            List<Expression> rest = new ArrayList<>(all.getExpressions());
            rest.remove(map);
            arguments.call().setArguments(new ArgumentListExpression(rest));
        }
    }

    private void unknown(MapEntryExpression entry, String name) {
        String near = MessageText.suggestion(name, List.copyOf(word.attributes().keySet()));
        Attribute meant = near == null ? null : word.attributes().get(near.substring(1, near.length() - 1));
        if (meant != null) ignored.add(meant.name());
        if (meant != null && takesSecret(meant) && isText(entry.getValueExpression()))
            check.redact(entry.getValueExpression());
        check.error(
                check.at(entry),
                "'" + word.name() + "' has no attribute '" + MessageText.shown(name) + "'",
                near == null ? word.known() + Vocabulary.elsewhere(check.place(), word, name) : word.known(),
                near);
    }

    private boolean fits(Attribute attribute, MapEntryExpression entry) {
        Expression value = entry.getValueExpression();
        if (attribute.type().isEnum()) return constant(attribute, entry, value);
        if (UnquotedNames.reports(check, value, isForTexts(attribute) && attribute.type() != List.class)) {
            ignored.add(attribute.name());
            return false;
        }
        if (Literals.mayBe(value, attribute.type())) return elementsFit(attribute, value);
        ignored.add(attribute.name());
        if (takesSecret(attribute)
                && isText(value)
                && Literals.corrected(value, attribute.type(), attribute.anyText()) == null) {
            check.redact(value);
            check.error(check.at(value), LiteralSecret.summary(attribute.name()), LiteralSecret.DETAIL, null);
            return false;
        }
        check.error(
                check.at(value),
                attribute.name() + ": expected " + Vocabulary.describe(attribute.type()) + ", got "
                        + Literals.shown(value),
                attribute.type() == Integer.class ? NumberMistake.unit(attribute.name()) : "",
                corrected(attribute, value));
        return false;
    }

    private @Nullable String corrected(Attribute attribute, Expression value) {
        if (attribute.name().equals("mode")) return mode(value);
        if (attribute.type() == IntRange.class) return range(value);
        String right = Literals.corrected(value, attribute.type(), attribute.anyText());
        return right == null
                        && attribute.type() == Integer.class
                        && value instanceof ConstantExpression constant
                        && constant.getValue() instanceof String text
                ? NumberMistake.number(attribute.name(), text)
                : right;
    }

    /** From the first number to the last: of a text such as '5000-5063', or of a list of the two, which for a firewall are two ports. */
    private @Nullable String range(Expression value) {
        if (value instanceof ConstantExpression constant && constant.getValue() instanceof String text) {
            return NumberMistake.range(text);
        }
        return word.name().equals("tunnels")
                        && value instanceof ListExpression list
                        && list.getExpressions().size() == 2
                ? NumberMistake.range(list.getExpression(0).getText() + ".."
                        + list.getExpression(1).getText())
                : null;
    }

    /** A file's mode by its digits as they are written, the octal ones of chmod(1). */
    private @Nullable String mode(Expression value) {
        Matcher written = MODE.matcher(check.source(value));
        return written.lookingAt() ? "'0" + written.group("digits") + "'" : null;
    }

    private static boolean takesSecret(Attribute attribute) {
        return attribute.type() == SecretRef.class || attribute.type() == FlagOrSecret.class;
    }

    private static boolean isText(Expression value) {
        return value instanceof GStringExpression
                || (value instanceof ConstantExpression constant && constant.getValue() instanceof String);
    }

    private static boolean isForTexts(Attribute attribute) {
        return attribute.type() == String.class
                || attribute.type() == List.class
                || Literals.takesTexts(attribute.type());
    }

    /** Removes elements of the wrong type from a list, so that the remaining ones are checked. */
    private boolean elementsFit(Attribute attribute, Expression value) {
        boolean several = isForTexts(attribute) || attribute.type() == PortOrList.class;
        if (!several || !(value instanceof ListExpression list)) return true;
        boolean some = list.getExpressions().removeIf(element -> !elementFits(attribute, element));
        if (some) ignored.add(attribute.name());
        return !some || !list.getExpressions().isEmpty();
    }

    private boolean elementFits(Attribute attribute, Expression element) {
        boolean port = attribute.type() == PortOrList.class;
        Class<?> type = port ? Integer.class : String.class;
        if (UnquotedNames.reports(check, element, !port)) return false;
        if (Literals.mayBe(element, type) || (port && Literals.mayBe(element, IntRange.class))) return true;
        check.error(
                check.at(element),
                attribute.name() + ": expected " + (port ? "a port or a range of ports" : "a text") + ", got "
                        + Literals.shown(element),
                "",
                Literals.corrected(element, type, attribute.anyText()));
        return false;
    }

    /** Looks a constant up in the attribute's own type: NONE of become is not NONE of failover. */
    private boolean constant(Attribute attribute, MapEntryExpression entry, Expression value) {
        String name = bareName(value);
        if (name == null && Literals.mayBe(value, attribute.type())) return true;
        List<String> known = Vocabulary.names(attribute.type());
        if (name != null && known.contains(name)) {
            PropertyExpression found =
                    new PropertyExpression(new ClassExpression(ClassHelper.make(attribute.type())), name);
            found.setSourcePosition(value);
            entry.setValueExpression(found);
            return true;
        }
        String written = name != null
                ? name
                : value instanceof ConstantExpression constant ? String.valueOf(constant.getValue()) : null;
        String near = written == null ? null : MessageText.suggestion(written.toUpperCase(Locale.ROOT), known);
        check.error(
                check.at(value),
                attribute.name() + ": "
                        + (name != null ? "no '" + name + "'" : "expected a constant, got " + Literals.shown(value)),
                "known for " + attribute.name() + ": " + MessageText.list(known),
                near == null ? null : near.substring(1, near.length() - 1));
        ignored.add(attribute.name());
        return false;
    }

    /** The name of a constant that is written without its class, whether it exists or not. */
    private static @Nullable String bareName(Expression value) {
        if (value instanceof VariableExpression variable && variable.getAccessedVariable() instanceof DynamicVariable) {
            return variable.getName();
        }
        return value instanceof PropertyExpression property
                        && property.getObjectExpression() instanceof ClassExpression owner
                        && owner.getType().isEnum()
                ? property.getPropertyAsString()
                : null;
    }
}
