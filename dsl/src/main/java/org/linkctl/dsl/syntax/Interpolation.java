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
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ExpressionTransformer;
import org.codehaus.groovy.ast.expr.GStringExpression;
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
        return out instanceof GStringExpression text && !(text instanceof Text) ? new Text(text) : out;
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
