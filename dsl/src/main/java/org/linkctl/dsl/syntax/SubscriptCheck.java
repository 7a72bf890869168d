package org.linkctl.dsl.syntax;

import java.util.Set;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.SyntaxException;
import org.codehaus.groovy.syntax.Types;
import org.codehaus.groovy.transform.stc.StaticTypesMarker;

/**
 * A subscript that is a text, as in {@code hosts['a']}, is allowed for maps only. Of any other object Groovy would read
 * the property of that name at run time (DefaultGroovyMethods.getAt(Object, String)), past the checks of the compiler.
 * Runs after type checking and uses the inferred types.
 */
public final class SubscriptCheck extends ClassCodeVisitorSupport {
    private static final ClassNode MAP = ClassHelper.MAP_TYPE;
    private final SourceUnit source;

    public SubscriptCheck(SourceUnit source) {
        this.source = source;
    }

    @Override
    public void visitBinaryExpression(BinaryExpression expression) {
        if (expression.getOperation().getType() == Types.LEFT_SQUARE_BRACKET) {
            check(expression.getLeftExpression(), expression.getRightExpression());
        }
        super.visitBinaryExpression(expression);
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        boolean subscript = Set.of("getAt", "putAt").contains(String.valueOf(call.getMethodAsString()));
        if (subscript
                && call.getArguments() instanceof TupleExpression all
                && !all.getExpressions().isEmpty()) {
            check(call.getObjectExpression(), all.getExpression(0));
        }
        super.visitMethodCallExpression(call);
    }

    private void check(Expression whole, Expression subscript) {
        ClassNode key = type(subscript);
        boolean text = key.equals(ClassHelper.STRING_TYPE)
                || key.equals(ClassHelper.GSTRING_TYPE)
                || key.equals(ClassHelper.OBJECT_TYPE);
        ClassNode owner = type(whole);
        boolean indexed = owner.isArray() || (key.equals(ClassHelper.OBJECT_TYPE) && !isUnknown(owner));
        if (!text || indexed || owner.equals(MAP) || owner.implementsInterface(MAP)) return;
        source.addError(new SyntaxException("a text in [ ] looks up in a map; this is none", subscript));
    }

    private static boolean isUnknown(ClassNode type) {
        return type.equals(ClassHelper.OBJECT_TYPE);
    }

    private static ClassNode type(Expression expression) {
        ClassNode inferred = expression.getNodeMetaData(StaticTypesMarker.INFERRED_TYPE);
        return inferred == null ? expression.getType() : inferred;
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return source;
    }
}
