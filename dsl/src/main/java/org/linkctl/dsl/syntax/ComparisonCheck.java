package org.linkctl.dsl.syntax;

import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.CaseStatement;
import org.codehaus.groovy.ast.stmt.SwitchStatement;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.Types;
import org.codehaus.groovy.transform.stc.AbstractTypeCheckingExtension;
import org.codehaus.groovy.transform.stc.StaticTypeCheckingVisitor;
import org.codehaus.groovy.transform.stc.StaticTypesMarker;
import org.linkctl.dsl.report.MessageText;

/**
 * A constant is compared with constants: {@code host.os() == 'LINUX'} is never true, and Groovy's type checker lets it
 * pass. It looks at types that are inferred, so that it is a part of that checker.
 */
public final class ComparisonCheck extends AbstractTypeCheckingExtension {
    private static final Set<Integer> OPERATORS = Set.of(
            Types.COMPARE_EQUAL,
            Types.COMPARE_NOT_EQUAL,
            Types.COMPARE_IDENTICAL,
            Types.COMPARE_NOT_IDENTICAL,
            Types.KEYWORD_IN,
            Types.COMPARE_NOT_IN);

    public ComparisonCheck(StaticTypeCheckingVisitor visitor) {
        super(visitor);
    }

    @Override
    public void afterVisitClass(ClassNode script) {
        new Comparisons().visitClass(script);
    }

    private void compared(Expression one, Expression other) {
        if (other instanceof ListExpression list) {
            for (Expression element : list.getExpressions()) compared(one, element);
        }
        ClassNode constants = type(one);
        if (!constants.isEnum() || !isText(type(other))) return;
        List<String> names = constants.getFields().stream()
                .filter(FieldNode::isEnum)
                .map(FieldNode::getName)
                .toList();
        String text = other instanceof ConstantExpression constant ? String.valueOf(constant.getValue()) : "";
        addStaticTypeError(
                names.contains(text)
                        ? "a constant is no text: it is written " + text + ", without quotes"
                        : "no constant is a text; known: " + MessageText.list(names),
                other);
    }

    private static boolean isText(ClassNode type) {
        return type.equals(ClassHelper.STRING_TYPE) || type.equals(ClassHelper.GSTRING_TYPE);
    }

    private static ClassNode type(Expression expression) {
        ClassNode inferred = expression.getNodeMetaData(StaticTypesMarker.INFERRED_TYPE);
        return inferred == null ? expression.getType() : inferred;
    }

    private final class Comparisons extends ClassCodeVisitorSupport {
        @Override
        public void visitBinaryExpression(BinaryExpression expression) {
            if (OPERATORS.contains(expression.getOperation().getType())) {
                compared(expression.getLeftExpression(), expression.getRightExpression());
                compared(expression.getRightExpression(), expression.getLeftExpression());
            }
            super.visitBinaryExpression(expression);
        }

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            boolean equals = "equals".equals(call.getMethodAsString());
            if (equals
                    && call.getArguments() instanceof TupleExpression all
                    && all.getExpressions().size() == 1) {
                compared(call.getObjectExpression(), all.getExpression(0));
                compared(all.getExpression(0), call.getObjectExpression());
            }
            super.visitMethodCallExpression(call);
        }

        @Override
        public void visitSwitch(SwitchStatement statement) {
            for (CaseStatement one : statement.getCaseStatements())
                compared(statement.getExpression(), one.getExpression());
            super.visitSwitch(statement);
        }

        @Override
        protected SourceUnit getSourceUnit() {
            return ComparisonCheck.this.getSourceUnit();
        }
    }

    private SourceUnit getSourceUnit() {
        return context.getSource();
    }
}
