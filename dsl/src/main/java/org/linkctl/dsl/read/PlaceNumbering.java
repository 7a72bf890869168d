package org.linkctl.dsl.read;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ArrayExpression;
import org.codehaus.groovy.ast.expr.AttributeExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.BitwiseNegationExpression;
import org.codehaus.groovy.ast.expr.BooleanExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ClosureListExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.ElvisOperatorExpression;
import org.codehaus.groovy.ast.expr.FieldExpression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.LambdaExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.MethodReferenceExpression;
import org.codehaus.groovy.ast.expr.NotExpression;
import org.codehaus.groovy.ast.expr.PostfixExpression;
import org.codehaus.groovy.ast.expr.PrefixExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.expr.SpreadExpression;
import org.codehaus.groovy.ast.expr.SpreadMapExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.TernaryExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.UnaryMinusExpression;
import org.codehaus.groovy.ast.expr.UnaryPlusExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.AssertStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.SourceUnit;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.source.SourceFiles;

/**
 * Replaces line numbers by numbers of places, after type checking and before bytecode is written. The
 * LineNumberTable of a class file has lines and no columns (JVMS 4.7.12); with numbers of places a stack frame gives
 * both, and two words on one line are told apart. Every node that has a line is given a number, for the compiler copies
 * lines from one to another: the call that it makes of {@code k[2]} has that of the {@code 2}.
 */
final class PlaceNumbering extends ClassCodeVisitorSupport {
    private final SourceFiles sources;
    private final String file;
    private final Set<ASTNode> done = Collections.newSetFromMap(new IdentityHashMap<>());
    /**
     * The number of the word whose values are being visited, 0 outside of one. Its values get the number of the word.
     */
    private int word;

    private PlaceNumbering(SourceFiles sources, String file) {
        this.sources = sources;
        this.file = file;
    }

    static void number(ClassNode script, SourceFiles sources, String file) {
        new PlaceNumbering(sources, file).visitClass(script);
    }

    private void number(ASTNode node) {
        if (node.getLineNumber() < 1 || !done.add(node)) return;
        int number = word != 0 ? word : sources.number(file, node.getLineNumber(), node.getColumnNumber());
        node.setLineNumber(number);
        node.setLastLineNumber(number);
    }

    @Override
    protected void visitStatement(Statement statement) {
        if (statement instanceof AssertStatement) {
            statement.setLineNumber(-1); // or the compiler looks its text up, by line
            statement.setLastLineNumber(-1);
        } else number(statement);
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        int outer = word;
        // A word among the values of another one is run before it; with a number of its own it would hide the place
        // of the outer one.
        if (word == 0 && !done.contains(call) && sources.isWord(file, call.getLineNumber(), call.getColumnNumber())) {
            word = sources.number(file, call.getLineNumber(), call.getColumnNumber());
        }
        number(call);
        number(call.getMethod());
        super.visitMethodCallExpression(call);
        word = outer;
    }

    @Override
    public void visitClosureExpression(ClosureExpression closure) {
        number(closure);
        int outer = word;
        word = 0;
        numberDefaults(closure.getParameters());
        super.visitClosureExpression(closure);
        word = outer;
    }

    /** A value that stands for one that is not given: of a method it becomes code as late as bytecode is written. */
    private void numberDefaults(Parameter @Nullable [] parameters) {
        if (parameters == null) return;
        for (Parameter parameter : parameters) {
            number(parameter);
            if (parameter.hasInitialExpression())
                parameter.getInitialExpression().visit(this);
        }
    }

    @Override
    protected void visitConstructorOrMethod(MethodNode method, boolean constructor) {
        numberDefaults(method.getParameters());
        super.visitConstructorOrMethod(method, constructor);
    }

    /** The statement that sets it has its line. */
    @Override
    public void visitField(FieldNode field) {
        number(field);
        super.visitField(field);
    }

    @Override
    public void visitLambdaExpression(LambdaExpression lambda) {
        visitClosureExpression(lambda);
    }

    @Override
    public void visitStaticMethodCallExpression(StaticMethodCallExpression expression) {
        number(expression);
        super.visitStaticMethodCallExpression(expression);
    }

    @Override
    public void visitConstructorCallExpression(ConstructorCallExpression expression) {
        number(expression);
        super.visitConstructorCallExpression(expression);
    }

    @Override
    public void visitBinaryExpression(BinaryExpression expression) {
        number(expression);
        super.visitBinaryExpression(expression);
    }

    @Override
    public void visitDeclarationExpression(DeclarationExpression expression) {
        number(expression);
        super.visitDeclarationExpression(expression);
    }

    @Override
    public void visitTernaryExpression(TernaryExpression expression) {
        number(expression);
        super.visitTernaryExpression(expression);
    }

    @Override
    public void visitShortTernaryExpression(ElvisOperatorExpression expression) {
        number(expression);
        super.visitShortTernaryExpression(expression);
    }

    @Override
    public void visitPrefixExpression(PrefixExpression expression) {
        number(expression);
        super.visitPrefixExpression(expression);
    }

    @Override
    public void visitPostfixExpression(PostfixExpression expression) {
        number(expression);
        super.visitPostfixExpression(expression);
    }

    @Override
    public void visitBooleanExpression(BooleanExpression expression) {
        number(expression);
        super.visitBooleanExpression(expression);
    }

    @Override
    public void visitNotExpression(NotExpression expression) {
        number(expression);
        super.visitNotExpression(expression);
    }

    @Override
    public void visitUnaryMinusExpression(UnaryMinusExpression expression) {
        number(expression);
        super.visitUnaryMinusExpression(expression);
    }

    @Override
    public void visitUnaryPlusExpression(UnaryPlusExpression expression) {
        number(expression);
        super.visitUnaryPlusExpression(expression);
    }

    @Override
    public void visitBitwiseNegationExpression(BitwiseNegationExpression expression) {
        number(expression);
        super.visitBitwiseNegationExpression(expression);
    }

    @Override
    public void visitTupleExpression(TupleExpression expression) {
        number(expression);
        super.visitTupleExpression(expression);
    }

    @Override
    public void visitArgumentlistExpression(ArgumentListExpression expression) {
        number(expression);
        super.visitArgumentlistExpression(expression);
    }

    @Override
    public void visitClosureListExpression(ClosureListExpression expression) {
        number(expression);
        super.visitClosureListExpression(expression);
    }

    @Override
    public void visitListExpression(ListExpression expression) {
        number(expression);
        super.visitListExpression(expression);
    }

    @Override
    public void visitMapExpression(MapExpression expression) {
        number(expression);
        super.visitMapExpression(expression);
    }

    @Override
    public void visitMapEntryExpression(MapEntryExpression expression) {
        number(expression);
        super.visitMapEntryExpression(expression);
    }

    @Override
    public void visitRangeExpression(RangeExpression expression) {
        number(expression);
        super.visitRangeExpression(expression);
    }

    @Override
    public void visitSpreadExpression(SpreadExpression expression) {
        number(expression);
        super.visitSpreadExpression(expression);
    }

    @Override
    public void visitSpreadMapExpression(SpreadMapExpression expression) {
        number(expression);
        super.visitSpreadMapExpression(expression);
    }

    @Override
    public void visitArrayExpression(ArrayExpression expression) {
        number(expression);
        super.visitArrayExpression(expression);
    }

    @Override
    public void visitPropertyExpression(PropertyExpression expression) {
        number(expression);
        super.visitPropertyExpression(expression);
    }

    @Override
    public void visitAttributeExpression(AttributeExpression expression) {
        number(expression);
        super.visitAttributeExpression(expression);
    }

    @Override
    public void visitFieldExpression(FieldExpression expression) {
        number(expression);
        super.visitFieldExpression(expression);
    }

    @Override
    public void visitMethodPointerExpression(MethodPointerExpression expression) {
        number(expression);
        super.visitMethodPointerExpression(expression);
    }

    @Override
    public void visitMethodReferenceExpression(MethodReferenceExpression expression) {
        number(expression);
        super.visitMethodReferenceExpression(expression);
    }

    @Override
    public void visitCastExpression(CastExpression expression) {
        number(expression);
        super.visitCastExpression(expression);
    }

    @Override
    public void visitGStringExpression(GStringExpression expression) {
        number(expression);
        super.visitGStringExpression(expression);
    }

    @Override
    public void visitConstantExpression(ConstantExpression expression) {
        number(expression);
        super.visitConstantExpression(expression);
    }

    @Override
    public void visitClassExpression(ClassExpression expression) {
        number(expression);
        super.visitClassExpression(expression);
    }

    @Override
    public void visitVariableExpression(VariableExpression expression) {
        number(expression);
        super.visitVariableExpression(expression);
    }

    @Override
    protected @Nullable SourceUnit getSourceUnit() {
        return null;
    }
}
