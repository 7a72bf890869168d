package org.linkctl.dsl.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.SpreadExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.words.Vocabulary;
import org.linkctl.dsl.words.Vocabulary.Attribute;
import org.linkctl.dsl.words.Vocabulary.Word;

/**
 * Checks one use of a known word: its positional values, its braces and, with {@link AttributeCheck}, its attributes.
 */
final class WordUseCheck {
    private final WordCheck check;
    private final Word word;
    private final MethodCallExpression call;
    private final WordArguments arguments;
    /** Attributes that are read as if they had not been given, and those probably meant by an unknown name. */
    private final Set<String> ignored;

    WordUseCheck(WordCheck check, Word word, MethodCallExpression call, WordArguments arguments, Set<String> ignored) {
        this.check = check;
        this.word = word;
        this.call = call;
        this.arguments = arguments;
        this.ignored = ignored;
    }

    /** False where the word cannot be run in spite of all corrections. */
    boolean check() {
        boolean fits = !spreads() && values();
        boolean runs = body() && fits;
        new AttributeCheck(check, word, arguments, ignored).check();
        missing();
        if (runs && word.body() != null && arguments.body() == null) arguments.addNoBody();
        return runs;
    }

    /** Whether a list is to stand for several values, which Groovy cannot check; says so. */
    private boolean spreads() {
        for (Expression value : arguments.values()) {
            if (!(value instanceof SpreadExpression)) continue;
            check.error(
                    check.at(value),
                    "'" + word.name() + "' takes no '*'",
                    "name them one by one, or in a loop: for (one in list) " + word.name() + "(one)",
                    null);
            return true;
        }
        return false;
    }

    private boolean values() {
        int given = arguments.values().size();
        List<List<Class<?>>> known = word.arguments(given);
        Optional<List<Class<?>>> fitting = known.stream()
                .filter(types -> types.size() == given)
                .filter(types -> fits(types))
                .findFirst();
        if (fitting.isPresent()) return true;
        boolean count = known.stream().noneMatch(types -> types.size() == given);
        if (count) {
            int wanted = known.getFirst().size();
            check.error(
                    check.at(call.getMethod()),
                    "'" + word.name() + "' takes " + (word.repeats() ? "one value or several" : counted(wanted))
                            + " without a name, here " + shownCount(given),
                    known(),
                    null);
        } else {
            int position = firstWrong(given);
            Expression wrong = arguments.values().get(position);
            check.error(
                    check.at(wrong),
                    "'" + word.name() + "' expected " + expected(given, position) + ", got " + Literals.shown(wrong),
                    known(),
                    meant(wrong));
        }
        return false;
    }

    /** True and false are suggested as 1 and 0 where a number is allowed, as for a kernel parameter; never as texts. */
    private @Nullable String meant(Expression wrong) {
        if (wrong instanceof VariableExpression) return "'" + wrong.getText() + "'";
        if (!(wrong instanceof ConstantExpression constant) || constant.isNullExpression()) return null;
        int position = arguments.values().indexOf(wrong);
        // No number is the name of anything, and no single value a list.
        boolean none = overloads(arguments.values().size())
                .map(types -> types.get(position))
                .allMatch(type -> type == List.class || type == Object.class);
        if (none) return null;
        if (!(constant.getValue() instanceof Boolean flag)) return "'" + wrong.getText() + "'";
        boolean number = overloads(arguments.values().size())
                .anyMatch(types -> types.size() > position && types.get(position) == int.class);
        return number ? (flag ? "1" : "0") : null;
    }

    private boolean fits(List<Class<?>> types) {
        for (int i = 0; i < types.size(); i++) {
            if (!Literals.mayBe(arguments.values().get(i), types.get(i))) return false;
        }
        return true;
    }

    /** The position of the first value that fits none of the methods which take so many, and the values before it. */
    private int firstWrong(int given) {
        return overloads(given).mapToInt(this::firstWrong).max().orElse(0);
    }

    private int firstWrong(List<Class<?>> types) {
        int i = 0;
        while (i < types.size() && Literals.mayBe(arguments.values().get(i), types.get(i))) i++;
        return i;
    }

    private Stream<List<Class<?>>> overloads(int given) {
        return word.arguments(given).stream().filter(types -> types.size() == given);
    }

    private String expected(int given, int position) {
        List<Class<?>> types = overloads(given)
                .<Class<?>>map(one -> one.get(position))
                .distinct()
                .toList();
        Class<?> type = types.size() == 1 ? types.getFirst() : String.class;
        return type == Object.class ? word.takes() : Vocabulary.describe(type);
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
            check.error(
                    check.at(call.getMethod()),
                    "'" + word.name() + "' needs braces: " + example() + " { … }",
                    inside == null
                            ? ""
                            : "known in " + word.name() + ": " + MessageText.list(Vocabulary.declaring(inside)),
                    null);
            return false;
        }
        if (body != null && word.body() == null) {
            check.error(check.at(body), "'" + word.name() + "' takes no braces", known(), null);
            return false;
        }
        return true;
    }

    private String example() {
        return switch (word.arguments().getFirst().size()) {
            case 0 -> word.name() + "(…)";
            case 1 -> word.name() + (word.attributes().isEmpty() && word.body() == null ? sole() : "('name', …)");
            default -> word.name() + "('name', 'value')";
        };
    }

    /** The only value of a word that takes nothing else: it is what the word is about, and no name. */
    private String sole() {
        return word.arguments().getFirst().getFirst() == String.class ? "('…')" : "(…)";
    }

    private String known() {
        return word.attributes().isEmpty() ? "written " + example() : word.known();
    }

    private void missing() {
        List<String> missing = new ArrayList<>();
        List<MapEntryExpression> added = new ArrayList<>();
        Set<String> given = arguments.named().stream()
                .map(entry -> entry.getKeyExpression().getText())
                .collect(Collectors.toSet());
        for (Map.Entry<String, Attribute> each : word.attributes().entrySet()) {
            if (!each.getValue().required() || given.contains(each.getKey())) continue;
            if (!ignored.contains(each.getKey())) missing.add(each.getKey());
            ignored.add(each.getKey());
            ConstantExpression nothing = new ConstantExpression(null);
            added.add(new MapEntryExpression(new ConstantExpression(each.getKey()), nothing));
        }
        // The method of a word has the map of attributes as its first parameter, even where none is written.
        if (!word.attributes().isEmpty()) {
            MapExpression map = arguments.mapOrNew();
            added.forEach(map::addMapEntryExpression);
        }
        if (missing.isEmpty()) return;
        check.error(
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
}
