package org.linkctl.dsl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.Vocabulary.Attribute;
import org.linkctl.dsl.Vocabulary.Word;

/** Checks one use of a known word, and mends it. */
final class WordUse {
    private final WordCheck check;
    private final Word word;
    private final MethodCallExpression call;
    private final Arguments arguments;
    /** Attributes that are read as if they had not been given, or that something else was probably meant for. */
    private final Set<String> guessed;

    WordUse(WordCheck check, Word word, MethodCallExpression call, Arguments arguments, Set<String> guessed) {
        this.check = check;
        this.word = word;
        this.call = call;
        this.arguments = arguments;
        this.guessed = guessed;
    }

    /** False where it cannot be run, whatever is mended. */
    boolean check() {
        boolean fits = values();
        boolean runs = body() && fits;
        attributes();
        missing();
        return runs;
    }

    private boolean values() {
        int given = arguments.values().size();
        Optional<List<Class<?>>> fitting = word.arguments().stream()
                .filter(types -> types.size() == given)
                .filter(types -> fits(types))
                .findFirst();
        if (fitting.isPresent()) return true;
        boolean count = word.arguments().stream().noneMatch(types -> types.size() == given);
        if (count) {
            int wanted = word.arguments().getFirst().size();
            check.say(
                    check.at(call.getMethod()),
                    "'" + word.name() + "' takes " + counted(wanted) + " without a name, here " + shownCount(given),
                    known(),
                    null);
        } else {
            Expression wrong = firstWrong(word.arguments().getFirst());
            check.say(
                    check.at(wrong),
                    "'" + word.name() + "' expected a text, got " + shown(wrong),
                    known(),
                    wrong instanceof ConstantExpression || wrong instanceof VariableExpression
                            ? "'" + wrong.getText() + "'"
                            : null);
        }
        return false;
    }

    private boolean fits(List<Class<?>> types) {
        for (int i = 0; i < types.size(); i++) {
            if (!Literals.mayBe(arguments.values().get(i), types.get(i))) return false;
        }
        return true;
    }

    private Expression firstWrong(List<Class<?>> types) {
        for (int i = 0; i < types.size(); i++) {
            if (!Literals.mayBe(arguments.values().get(i), types.get(i)))
                return arguments.values().get(i);
        }
        return call.getMethod();
    }

    private static String counted(int values) {
        return switch (values) {
            case 0 -> "no value";
            case 1 -> "one value";
            default -> values + " values";
        };
    }

    private static String shownCount(int values) {
        return values == 0 ? "is none" : values == 1 ? "is one" : "are " + values;
    }

    private boolean body() {
        ClosureExpression body = arguments.body();
        if (body == null && word.bodyRequired()) {
            Class<?> inside = word.body();
            check.say(
                    check.at(call.getMethod()),
                    "'" + word.name() + "' needs braces: " + example() + " { … }",
                    inside == null ? "" : "known in " + word.name() + ": " + Words.list(Vocabulary.shown(inside)),
                    null);
            return false;
        }
        if (body != null && word.body() == null) {
            check.say(check.at(body), "'" + word.name() + "' takes no braces", known(), null);
            return false;
        }
        return true;
    }

    private String example() {
        return word.name() + (word.arguments().getFirst().isEmpty() ? "(…)" : "('name', …)");
    }

    private String known() {
        return word.attributes().isEmpty()
                ? ""
                : "attributes of " + word.name() + ": "
                        + word.attributes().keySet().stream()
                                .map(name -> name + ":")
                                .collect(Collectors.joining(" "));
    }

    private void attributes() {
        MapExpression map = arguments.map();
        if (map == null) return;
        Set<String> seen = new HashSet<>();
        for (Iterator<MapEntryExpression> each = map.getMapEntryExpressions().iterator(); each.hasNext(); ) {
            MapEntryExpression entry = each.next();
            String name = entry.getKeyExpression().getText();
            Attribute attribute = word.attributes().get(name);
            if (attribute == null) unknown(entry, name);
            else if (!seen.add(name)) {
                check.say(check.at(entry), name + ": is given twice", "", null);
            } else if (fits(attribute, entry)) continue;
            each.remove();
        }
        if (map.getMapEntryExpressions().isEmpty() && word.attributes().isEmpty()) dropMap(map);
    }

    private void dropMap(MapExpression map) {
        if (call.getArguments() instanceof org.codehaus.groovy.ast.expr.ArgumentListExpression all) {
            List<Expression> rest = new ArrayList<>(all.getExpressions());
            rest.remove(map);
            call.setArguments(new org.codehaus.groovy.ast.expr.ArgumentListExpression(rest));
        }
    }

    private void unknown(MapEntryExpression entry, String name) {
        String near = Given.near(name, List.copyOf(word.attributes().keySet()));
        if (near != null) guessed.add(near.substring(1, near.length() - 1));
        check.say(
                check.at(entry),
                "'" + word.name() + "' has no attribute '" + Words.shown(name) + "'",
                known(),
                near == null ? null : near);
    }

    private boolean fits(Attribute attribute, MapEntryExpression entry) {
        Expression value = entry.getValueExpression();
        if (attribute.type().isEnum()) return constant(attribute, entry, value);
        if (Literals.mayBe(value, attribute.type())) return elementsFit(attribute, value);
        check.say(
                check.at(value),
                attribute.name() + ": expected " + Vocabulary.describe(attribute.type()) + ", got " + shown(value),
                "",
                Literals.mended(value, attribute.type()));
        guessed.add(attribute.name());
        return false;
    }

    private boolean elementsFit(Attribute attribute, Expression value) {
        boolean texts = attribute.type() == Object.class || attribute.type() == List.class;
        if (!texts || !(value instanceof ListExpression list)) return true;
        boolean fit = true;
        for (Expression element : list.getExpressions()) {
            if (Literals.mayBe(element, String.class)) continue;
            check.say(
                    check.at(element),
                    attribute.name() + ": expected a text, got " + shown(element),
                    "",
                    Literals.mended(element, String.class));
            guessed.add(attribute.name());
            fit = false;
        }
        return fit;
    }

    /** Constants are looked up in what the attribute takes: NONE of become is not NONE of failover. */
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
        String near = written == null ? null : Given.near(written.toUpperCase(java.util.Locale.ROOT), known);
        check.say(
                check.at(value),
                attribute.name() + ": "
                        + (name != null ? "no '" + name + "'" : "expected a constant, got " + shown(value)),
                "known for " + attribute.name() + ": " + Words.list(known),
                near == null ? null : near.substring(1, near.length() - 1));
        guessed.add(attribute.name());
        return false;
    }

    /** The name of a constant that is written without its class, whether Groovy knows it or not. */
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

    private void missing() {
        List<String> missing = new ArrayList<>();
        List<MapEntryExpression> added = new ArrayList<>();
        Set<String> given = arguments.named().stream()
                .map(entry -> entry.getKeyExpression().getText())
                .collect(Collectors.toSet());
        for (Map.Entry<String, Attribute> each : word.attributes().entrySet()) {
            if (!each.getValue().required() || given.contains(each.getKey())) continue;
            if (!guessed.contains(each.getKey())) missing.add(each.getKey());
            guessed.add(each.getKey());
            ConstantExpression nothing = new ConstantExpression(null);
            added.add(new MapEntryExpression(new ConstantExpression(each.getKey()), nothing));
        }
        if (!added.isEmpty()) {
            MapExpression map = arguments.mapOrNew();
            added.forEach(map::addMapEntryExpression);
        }
        if (missing.isEmpty()) return;
        check.say(
                check.at(call.getMethod()),
                "'" + word.name() + "' needs "
                        + missing.stream()
                                .map(name -> name + ": ("
                                        + Vocabulary.describe(attribute(name).type()) + ")")
                                .collect(Collectors.joining(" and ")),
                known(),
                null);
    }

    private Attribute attribute(String name) {
        return java.util.Objects.requireNonNull(word.attributes().get(name));
    }

    private static String shown(Expression value) {
        return switch (value) {
            case ConstantExpression constant
            when constant.getValue() instanceof String text -> "the text '" + Words.shown(text) + "'";
            case ConstantExpression constant -> Words.shown(String.valueOf(constant.getValue()));
            case GStringExpression text -> "a text";
            case ListExpression list -> "a list";
            case MapExpression map -> "values by name";
            case RangeExpression range -> "a range";
            case ClosureExpression braces -> "braces";
            case VariableExpression variable -> variable.getName();
            case PropertyExpression property -> String.valueOf(property.getPropertyAsString());
            default -> Words.shown(value.getText());
        };
    }
}
