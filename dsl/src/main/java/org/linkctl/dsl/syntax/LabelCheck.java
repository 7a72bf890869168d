package org.linkctl.dsl.syntax;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.BreakStatement;
import org.codehaus.groovy.ast.stmt.ContinueStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.LoopingStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.words.Vocabulary;
import org.linkctl.dsl.words.Vocabulary.Word;

/**
 * Refuses {@code name: value} outside of parentheses, which Groovy reads as a statement with a label and takes in
 * silence. A loop may have one that {@code break} or {@code continue} names.
 */
final class LabelCheck {
    private final WordCheck check;

    LabelCheck(WordCheck check) {
        this.check = check;
    }

    /** The attributes of a word that stand as labels in its braces: they are said to be wrong there, not missing. */
    static List<String> attributes(Word word, ClosureExpression body) {
        return body.getCode() instanceof BlockStatement block
                ? block.getStatements().stream()
                        .flatMap(one ->
                                Stream.ofNullable(one.getStatementLabels()).flatMap(List::stream))
                        .filter(word.attributes()::containsKey)
                        .toList()
                : List.of();
    }

    /** The word whose name stands as a label before braces; null where there is none. */
    @Nullable
    Word braces(BlockStatement block) {
        List<String> labels = block.getStatementLabels();
        if (labels == null) return null;
        Word word = Vocabulary.of(check.place()).get(labels.getFirst());
        return word == null || word.body() == null ? null : word;
    }

    /** Reports the labels of a statement; true where the statement does nothing else than to have them. */
    boolean reports(Statement statement) {
        List<String> labels = statement.getStatementLabels();
        if (labels == null) return false;
        boolean found = false;
        for (String label : Set.copyOf(labels)) {
            if (isOfLoop(statement, label)) continue;
            report(statement, label);
            found = true;
        }
        return found && !(value(statement) instanceof MethodCallExpression) && statement instanceof ExpressionStatement;
    }

    private void report(Statement statement, String label) {
        if (takesSecret(label) && isText(value(statement))) check.redact(statement);
        String written = label + ": " + shown(statement, label);
        Place at = check.placeBefore(statement, label);
        Class<?> here = check.place();
        Word same = Vocabulary.of(here).get(label);
        if (same != null) {
            check.error(at, written + " does nothing: " + label + " is a word", "", use(same, statement));
            return;
        }
        Optional<Word> outer = Vocabulary.opening(here)
                .filter(word -> word.attributes().containsKey(label))
                .findFirst();
        if (outer.isPresent()) {
            check.error(
                    at,
                    written + " does nothing here: it stands in the parentheses of "
                            + outer.get().name() + "(…), not in its braces",
                    "written " + WrittenWord.of(outer.get(), List.of(written)),
                    null);
            return;
        }
        List<Word> inner = Vocabulary.of(here).values().stream()
                .filter(word -> word.attributes().containsKey(label))
                .toList();
        if (!inner.isEmpty()) {
            String words = inner.stream().map(word -> word.name() + "(…)").collect(Collectors.joining(", "));
            check.error(
                    at,
                    written + " does nothing here: it stands in the parentheses of " + words,
                    "written " + WrittenWord.of(inner.getFirst(), List.of(written)),
                    null);
            return;
        }
        unknown(at, label, written);
    }

    private void unknown(Place at, String label, String written) {
        Class<?> here = check.place();
        String title = Vocabulary.title(here);
        List<String> attributes = Vocabulary.opening(here)
                .flatMap(word -> word.attributes().keySet().stream())
                .distinct()
                .toList();
        List<String> known = Stream.concat(attributes.stream(), Vocabulary.of(here).keySet().stream())
                .toList();
        String near = MessageText.suggestion(label, known);
        Optional<Class<?>> home = Vocabulary.placeOf(label, here);
        String detail = home.isPresent()
                ? "'" + label + "' is a word of " + Vocabulary.title(home.get())
                : "known in " + title + ": " + MessageText.list(Vocabulary.declaring(here))
                        + (attributes.isEmpty()
                                ? ""
                                : "\nattributes, in its parentheses: " + String.join(": ", attributes) + ":")
                        + (near == null ? Vocabulary.elsewhere(here, label) : "");
        check.error(at, written + " does nothing here", detail, home.isPresent() ? null : near);
    }

    /** The word as it was probably meant, with the value where it is one that fits. */
    private String use(Word word, Statement statement) {
        Expression value = value(statement);
        if (value == null || word.arguments().getFirst().isEmpty()) return WrittenWord.of(word, List.of());
        return word.name() + "(" + check.written(value) + ")" + (word.bodyRequired() ? " { … }" : "");
    }

    private String shown(Statement statement, String label) {
        Expression value = value(statement);
        if (value == null) return "…";
        return takesSecret(label) && isText(value) ? "***" : MessageText.shown(check.written(value));
    }

    private static @Nullable Expression value(Statement statement) {
        return statement instanceof ExpressionStatement one ? one.getExpression() : null;
    }

    private static boolean isText(@Nullable Expression value) {
        return value instanceof GStringExpression
                || (value instanceof ConstantExpression constant && constant.getValue() instanceof String);
    }

    /** Whether any word has an attribute of this name, or one like it, that is a secret. */
    private static boolean takesSecret(String label) {
        return Vocabulary.secrets().stream().anyMatch(one -> MessageText.suggestion(label, List.of(one)) != null);
    }

    private static boolean isOfLoop(Statement statement, String label) {
        if (!(statement instanceof LoopingStatement loop)) return false;
        boolean[] named = new boolean[1];
        loop.getLoopBlock().visit(new CodeVisitorSupport() {
            @Override
            public void visitBreakStatement(BreakStatement one) {
                if (label.equals(one.getLabel())) named[0] = true;
            }

            @Override
            public void visitContinueStatement(ContinueStatement one) {
                if (label.equals(one.getLabel())) named[0] = true;
            }
        });
        return named[0];
    }
}
