package org.linkctl.dsl.syntax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.NamedArgumentListExpression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.dsl.source.WordUse;
import org.linkctl.dsl.words.Vocabulary.Word;

/**
 * The arguments of one use of a word, in the syntax tree.
 *
 * @param values the positional values
 * @param map the named values; null where there are none
 * @param body the braces; null where there are none
 */
record WordArguments(
        MethodCallExpression call,
        List<Expression> values,
        @Nullable MapExpression map,
        @Nullable ClosureExpression body) {

    static WordArguments of(MethodCallExpression call) {
        List<Expression> values = new ArrayList<>();
        if (call.getArguments() instanceof TupleExpression all) values.addAll(all.getExpressions());
        else values.add(call.getArguments());
        MapExpression map = null;
        if (!values.isEmpty() && values.getFirst() instanceof MapExpression first && isNamed(call, first)) {
            map = first;
            values.removeFirst();
        }
        ClosureExpression body = null;
        if (!values.isEmpty() && values.getLast() instanceof ClosureExpression last) {
            body = last;
            values.removeLast();
        }
        return new WordArguments(call, values, map, body);
    }

    /** Attributes are a map in the tree; so is a map that is written in brackets. */
    private static boolean isNamed(MethodCallExpression call, MapExpression map) {
        return map instanceof NamedArgumentListExpression || call.getArguments() instanceof ArgumentListExpression;
    }

    List<MapEntryExpression> named() {
        return map == null ? List.of() : map.getMapEntryExpressions();
    }

    /** The map of attributes; an empty one is added where none is written. */
    MapExpression mapOrNew() {
        if (map != null) return map;
        MapExpression fresh = new MapExpression();
        fresh.setSourcePosition(call.getMethod());
        List<Expression> all = written();
        all.addFirst(fresh);
        pass(all);
        return fresh;
    }

    /** Adds null in place of braces that were left out. */
    void addNoBody() {
        List<Expression> all = written();
        all.add(new ConstantExpression(null));
        pass(all);
    }

    private List<Expression> written() {
        return call.getArguments() instanceof TupleExpression former
                ? new ArrayList<>(former.getExpressions())
                : new ArrayList<>();
    }

    private void pass(List<Expression> all) {
        ArgumentListExpression arguments = new ArgumentListExpression(all);
        arguments.setSourcePosition(call.getMethod());
        call.setArguments(arguments);
    }

    WordUse positions(String file, Word word, Set<String> ignored) {
        Map<String, WordUse.Value> attributes = new LinkedHashMap<>();
        for (MapEntryExpression entry : named()) {
            attributes.put(entry.getKeyExpression().getText(), value(file, entry.getValueExpression()));
        }
        Place end = new Place(file, call.getLastLineNumber(), call.getLastColumnNumber());
        return new WordUse(
                String.valueOf(call.getMethodAsString()),
                word.givesValue(),
                word.hasEnds(),
                place(file, call.getMethod()),
                body == null ? end : place(file, body),
                end,
                values.stream().map(value -> value(file, value)).toList(),
                attributes,
                ignored);
    }

    private static WordUse.Value value(String file, Expression expression) {
        List<WordUse.Value> elements = new ArrayList<>();
        if (expression instanceof ListExpression list) {
            for (Expression element : list.getExpressions()) elements.add(value(file, element));
        } else if (expression instanceof MapExpression map) {
            for (MapEntryExpression entry : map.getMapEntryExpressions()) {
                elements.add(value(file, entry.getKeyExpression()));
            }
        }
        return new WordUse.Value(place(file, expression), text(expression), elements);
    }

    private static String text(Expression expression) {
        return switch (expression) {
            case ConstantExpression constant -> String.valueOf(constant.getValue());
            case RangeExpression range -> text(range);
            default -> "";
        };
    }

    /** As {@link org.linkctl.model.Firewall.Ports} writes it: from the first number to the last that is in it. */
    private static String text(RangeExpression range) {
        if (!(range.getFrom() instanceof ConstantExpression from && from.getValue() instanceof Integer first)
                || !(range.getTo() instanceof ConstantExpression to && to.getValue() instanceof Integer end)) return "";
        int last = !range.isExclusiveRight() ? end : first > end ? end + 1 : end - 1;
        return first + ".." + last;
    }

    private static Place place(String file, ASTNode node) {
        return new Place(file, node.getLineNumber(), node.getColumnNumber());
    }
}
