package org.linkctl.dsl.syntax;

import java.util.List;
import org.codehaus.groovy.ast.ClassCodeExpressionTransformer;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.GroovyCodeVisitor;
import org.codehaus.groovy.ast.expr.ArrayExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.ElvisOperatorExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ExpressionTransformer;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TernaryExpression;
import org.codehaus.groovy.ast.tools.GeneralUtils;
import org.codehaus.groovy.classgen.AsmClassGenerator;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.transform.stc.StaticTypesMarker;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.words.InterpolatedText;

/** Has texts with {@code ${…}} made as {@link InterpolatedText}. For all checks they stay what they are. */
public final class Interpolation extends ClassCodeExpressionTransformer {
    private static final ClassNode TEXT = ClassHelper.make(InterpolatedText.class);

    private final SourceUnit source;

    public Interpolation(SourceUnit source) {
        this.source = source;
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return source;
    }

    @Override
    public @Nullable Expression transform(@Nullable Expression expression) {
        if (expression instanceof ClosureExpression closure) {
            closure.getCode().visit(this);
            return closure;
        }
        Expression out = super.transform(expression);
        if (out instanceof TernaryExpression either) return chosen(either);
        return out instanceof GStringExpression text && !(text instanceof Text) ? new Text(text) : out;
    }

    /**
     * Of a text with {@code ${…}} and one without, Groovy's type checker knows only that they can be compared: the first becomes
     * like the second.
     */
    private static TernaryExpression chosen(TernaryExpression either) {
        Expression first = either.getTrueExpression();
        Expression second = either.getFalseExpression();
        if (isInterpolated(first) && isPlain(second)) first = plain(first);
        else if (isPlain(first) && isInterpolated(second)) second = plain(second);
        else return either;
        TernaryExpression out = either instanceof ElvisOperatorExpression
                ? new ElvisOperatorExpression(first, second)
                : new TernaryExpression(either.getBooleanExpression(), first, second);
        out.setSourcePosition(either);
        out.copyNodeMetaData(either);
        out.putNodeMetaData(Interpolation.class, true);
        return out;
    }

    private static boolean isInterpolated(Expression value) {
        return value instanceof GStringExpression
                || (value instanceof TernaryExpression either
                        && isInterpolated(either.getTrueExpression())
                        && isInterpolated(either.getFalseExpression()));
    }

    private static boolean isPlain(Expression value) {
        return (value instanceof ConstantExpression constant && constant.getValue() instanceof String)
                || (value instanceof TernaryExpression either
                        && (either.getNodeMetaData(Interpolation.class) != null
                                || (isPlain(either.getTrueExpression()) && isPlain(either.getFalseExpression()))));
    }

    private static Expression plain(Expression value) {
        MethodCallExpression text = GeneralUtils.callX(value, "toString");
        text.setImplicitThis(false);
        text.setSourcePosition(value);
        text.getMethod().setSourcePosition(value);
        return text;
    }

    /** One that is compiled as a call of the constructor. */
    private static final class Text extends GStringExpression {
        Text(GStringExpression text) {
            super(text.getText(), text.getStrings(), text.getValues());
            setSourcePosition(text);
            copyNodeMetaData(text);
        }

        @Override
        public Expression transformExpression(ExpressionTransformer transformer) {
            return new Text((GStringExpression) super.transformExpression(transformer));
        }

        @Override
        public void visit(GroovyCodeVisitor visitor) {
            if (visitor instanceof AsmClassGenerator compiler) compiler.visitConstructorCallExpression(made());
            else super.visit(visitor);
        }

        private ConstructorCallExpression made() {
            List<Expression> texts = getStrings().stream()
                    .<Expression>map(ConstantExpression.class::cast)
                    .toList();
            ConstructorCallExpression out = GeneralUtils.ctorX(
                    TEXT,
                    GeneralUtils.args(
                            new ArrayExpression(ClassHelper.OBJECT_TYPE, getValues()),
                            new ArrayExpression(ClassHelper.STRING_TYPE, texts)));
            out.setSourcePosition(this);
            out.putNodeMetaData(
                    StaticTypesMarker.DIRECT_METHOD_CALL_TARGET,
                    TEXT.getDeclaredConstructors().getFirst());
            return out;
        }
    }
}
