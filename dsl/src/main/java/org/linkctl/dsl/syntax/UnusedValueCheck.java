package org.linkctl.dsl.syntax;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.BooleanExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PostfixExpression;
import org.codehaus.groovy.ast.expr.PrefixExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.BreakStatement;
import org.codehaus.groovy.ast.stmt.CaseStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.IfStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.SwitchStatement;
import org.codehaus.groovy.ast.stmt.TryCatchStatement;
import org.codehaus.groovy.syntax.Types;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.words.Vocabulary;
import org.linkctl.dsl.words.Vocabulary.Word;

/**
 * Finds statements that are nothing but a value which nobody reads: a text, a number, a constant, a variable, a
 * comparison. Groovy takes them in silence. The last value of a closure or a method is what it returns.
 */
final class UnusedValueCheck {
    /** Methods that drop what their braces return. */
    private static final Set<String> DROPPING = Set.of(
            "each",
            "eachWithIndex",
            "reverseEach",
            "forEach",
            "times",
            "upto",
            "downto",
            "step",
            "tap",
            "eachCombination");

    private static final Set<Integer> COMPARISONS = Set.of(
            Types.COMPARE_EQUAL,
            Types.COMPARE_NOT_EQUAL,
            Types.COMPARE_IDENTICAL,
            Types.COMPARE_NOT_IDENTICAL,
            Types.COMPARE_LESS_THAN,
            Types.COMPARE_LESS_THAN_EQUAL,
            Types.COMPARE_GREATER_THAN,
            Types.COMPARE_GREATER_THAN_EQUAL,
            Types.COMPARE_TO,
            Types.COMPARE_NOT_IN,
            Types.COMPARE_NOT_INSTANCEOF,
            Types.KEYWORD_IN,
            Types.KEYWORD_INSTANCEOF,
            Types.FIND_REGEX,
            Types.MATCH_REGEX);

    private final WordCheck check;
    /** The statements whose values are returned. */
    private final Set<Statement> returned = Collections.newSetFromMap(new IdentityHashMap<>());

    UnusedValueCheck(WordCheck check) {
        this.check = check;
    }

    /** Whether a method drops what the braces among its values return. */
    static boolean drops(MethodCallExpression call) {
        return DROPPING.contains(String.valueOf(call.getMethodAsString()));
    }

    /** The value of this code is returned: that of its last statement, as Groovy's ReturnAdder finds it. */
    void isReturned(Statement code) {
        if (code instanceof BlockStatement block) {
            if (!block.isEmpty()) isReturned(block.getStatements().getLast());
        } else if (code instanceof IfStatement branch) {
            isReturned(branch.getIfBlock());
            isReturned(branch.getElseBlock());
        } else if (code instanceof TryCatchStatement attempt) {
            isReturned(attempt.getTryStatement());
            attempt.getCatchStatements().forEach(one -> isReturned(one.getCode()));
        } else if (code instanceof SwitchStatement choice) {
            for (CaseStatement one : choice.getCaseStatements()) isCaseReturned(one.getCode());
            isCaseReturned(choice.getDefaultStatement());
        } else returned.add(code);
    }

    private void isCaseReturned(Statement code) {
        isReturned(code);
        if (!(code instanceof BlockStatement block) || block.getStatements().size() < 2) return;
        List<Statement> all = block.getStatements();
        if (all.getLast() instanceof BreakStatement) isReturned(all.get(all.size() - 2));
    }

    /** Reports the statement where its value is read by nobody; true where it need not be run to find more errors. */
    boolean reports(ExpressionStatement statement) {
        Expression value = statement.getExpression();
        if (returned.contains(statement) || value.getLineNumber() < 1) return false;
        String what = what(value);
        if (what == null) return false;
        check.error(check.at(value), what + " does nothing here", detail(value), null);
        return !(value instanceof MethodCallExpression);
    }

    /** How a value is called that does nothing; null where it does something, or is no value. */
    private @Nullable String what(Expression value) {
        if (value instanceof EmptyExpression) return null;
        if (value instanceof VariableExpression variable) {
            if (!(variable.getAccessedVariable() instanceof DynamicVariable) || check.isValue(variable.getName())) {
                return variable.isThisExpression() || variable.isSuperExpression()
                        ? variable.getName()
                        : "the variable " + MessageText.shown(variable.getName());
            }
            // Of another name the compiler says that nothing is named so.
            return word(variable.getName()) == null ? null : "'" + variable.getName() + "' alone";
        }
        if (value instanceof BinaryExpression binary
                && COMPARISONS.contains(binary.getOperation().getType())) {
            return "a comparison";
        }
        if (value instanceof MethodCallExpression call)
            return isOfValue(call) ? call.getMethodAsString() + "(…)" : null;
        if (value instanceof ClosureExpression) return "a pair of braces";
        if (value instanceof GStringExpression) return "a text";
        return acts(value) ? null : shown(value);
    }

    private String shown(Expression value) {
        return value instanceof ConstantExpression ? Literals.shown(value) : MessageText.shown(check.written(value));
    }

    /** Whether a call is of a word that is asked for a value and does nothing else, such as a secret. */
    private boolean isOfValue(MethodCallExpression call) {
        Word word = call.isImplicitThis() ? word(String.valueOf(call.getMethodAsString())) : null;
        return word != null && word.givesValue() && word.attributes().isEmpty();
    }

    private boolean isAttribute(String name) {
        return Stream.concat(Vocabulary.opening(check.place()), Vocabulary.of(check.place()).values().stream())
                .anyMatch(word -> word.attributes().containsKey(name));
    }

    private @Nullable Word word(String name) {
        return Vocabulary.of(check.place()).get(name);
    }

    /** Whether something in the expression may do more than to give a value: a call, an assignment. */
    private static boolean acts(Expression value) {
        boolean[] acts = new boolean[1];
        value.visit(new CodeVisitorSupport() {
            @Override
            public void visitMethodCallExpression(MethodCallExpression call) {
                acts[0] = true;
            }

            @Override
            public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
                acts[0] = true;
            }

            @Override
            public void visitConstructorCallExpression(ConstructorCallExpression call) {
                acts[0] = true;
            }

            @Override
            public void visitDeclarationExpression(DeclarationExpression declaration) {
                acts[0] = true;
            }

            @Override
            public void visitPostfixExpression(PostfixExpression expression) {
                acts[0] = true;
            }

            @Override
            public void visitPrefixExpression(PrefixExpression expression) {
                acts[0] = true;
            }

            @Override
            public void visitBinaryExpression(BinaryExpression binary) {
                int type = binary.getOperation().getType();
                if (Types.ofType(type, Types.ASSIGNMENT_OPERATOR) || type == Types.LEFT_SHIFT) acts[0] = true;
                super.visitBinaryExpression(binary);
            }

            @Override
            public void visitClosureExpression(ClosureExpression closure) {
                // it is not run
            }
        });
        return acts[0];
    }

    private String detail(Expression value) {
        Word word = value instanceof VariableExpression variable ? word(variable.getName()) : null;
        if (word != null) return "written " + WrittenWord.of(word, List.of());
        if (value instanceof BinaryExpression binary
                && binary.getOperation().getType() == Types.COMPARE_EQUAL
                && binary.getLeftExpression() instanceof VariableExpression variable
                && isAttribute(variable.getName())) {
            return "an attribute is written with a colon, in a word's parentheses: " + variable.getName() + ": …";
        }
        if (value instanceof MethodCallExpression) {
            return "it gives a value, which stands in the parentheses of a word, or in a variable";
        }
        if (value instanceof BooleanExpression || value instanceof ClosureExpression) return "";
        Class<?> type = constant(value);
        String named = type == null ? "" : attributes(type);
        return named.isEmpty() ? "a value stands in the parentheses of a word, or in a variable" : named;
    }

    /** The type of a constant such as LACP; null for anything else. */
    private static @Nullable Class<?> constant(Expression value) {
        return value instanceof PropertyExpression property
                        && property.getObjectExpression() instanceof ClassExpression owner
                        && owner.getType().isEnum()
                ? Vocabulary.constants().stream()
                        .filter(one -> one.getName().equals(owner.getType().getName()))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    /** Where a constant of this type stands. */
    private static String attributes(Class<?> type) {
        return Stream.concat(Vocabulary.all().stream(), Vocabulary.ofPlaybooks().stream())
                .flatMap(place -> Vocabulary.of(place).values().stream())
                .flatMap(word -> word.attributes().values().stream()
                        .filter(one -> one.type() == type)
                        .map(one -> one.name() + ": of " + word.name()))
                .distinct()
                .limit(1)
                .collect(Collectors.joining(" ", "it is a value of ", ""));
    }
}
