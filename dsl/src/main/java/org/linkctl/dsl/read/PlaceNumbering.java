package org.linkctl.dsl.read;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ArrayExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.TernaryExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.AssertStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.SourceUnit;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.source.SourceFiles;

/**
 * Replaces line numbers by numbers of places, after type checking and before bytecode is written. The
 * LineNumberTable of a class file has lines and no columns (JVMS 4.7.12); with numbers of places a stack frame gives
 * both, and two words on one line are told apart.
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
        super.visitClosureExpression(closure);
        word = outer;
    }

    @Override
    public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
        number(call);
        super.visitStaticMethodCallExpression(call);
    }

    @Override
    public void visitConstructorCallExpression(ConstructorCallExpression call) {
        number(call);
        super.visitConstructorCallExpression(call);
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
    public void visitRangeExpression(RangeExpression expression) {
        number(expression);
        super.visitRangeExpression(expression);
    }

    @Override
    public void visitPropertyExpression(PropertyExpression expression) {
        number(expression);
        super.visitPropertyExpression(expression);
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
    public void visitVariableExpression(VariableExpression expression) {
        number(expression);
    }

    @Override
    public void visitArrayExpression(ArrayExpression expression) {
        number(expression);
        super.visitArrayExpression(expression);
    }

    @Override
    protected @Nullable SourceUnit getSourceUnit() {
        return null;
    }
}
