package org.linkctl.dsl.read;

import java.util.List;
import java.util.ListIterator;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.EmptyStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.SourceUnit;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.DiagnosticCollector;

/** Leaves out the innermost statements in which something is wrong, so that the rest can be run. */
final class Pruner extends ClassCodeVisitorSupport {
    private final SourceUnit source;
    private final DiagnosticCollector diagnostics;
    private final String file;
    private final Set<Place> broken;

    private Pruner(SourceUnit source, DiagnosticCollector diagnostics, String file, Set<Place> broken) {
        this.source = source;
        this.diagnostics = diagnostics;
        this.file = file;
        this.broken = broken;
    }

    static void prune(
            ClassNode script, SourceUnit source, DiagnosticCollector diagnostics, String file, Set<Place> broken) {
        if (!broken.isEmpty()) new Pruner(source, diagnostics, file, broken).visitClass(script);
    }

    @Override
    public void visitBlockStatement(BlockStatement block) {
        super.visitBlockStatement(block); // the inner ones first: they take their places out of the set
        List<Statement> statements = block.getStatements();
        for (ListIterator<Statement> each = statements.listIterator(); each.hasNext(); ) {
            Statement statement = each.next();
            List<Place> inside =
                    broken.stream().filter(place -> holds(statement, place)).toList();
            if (inside.isEmpty()) continue;
            inside.forEach(broken::remove);
            inside.forEach(diagnostics.troubles()::at);
            mention(statement);
            each.set(EmptyStatement.INSTANCE);
        }
    }

    /** Whatever is named in what was left out might have been declared there. */
    private void mention(Statement statement) {
        statement.visit(new CodeVisitorSupport() {
            @Override
            public void visitConstantExpression(ConstantExpression constant) {
                if (constant.getValue() instanceof String text) diagnostics.mention(text);
            }
        });
    }

    private boolean holds(ASTNode node, Place place) {
        if (!place.file().equals(file) || node.getLineNumber() < 1) return false;
        boolean after = place.line() > node.getLineNumber()
                || (place.line() == node.getLineNumber() && place.column() >= node.getColumnNumber());
        boolean before = place.line() < node.getLastLineNumber()
                || (place.line() == node.getLastLineNumber() && place.column() < node.getLastColumnNumber());
        return after && before;
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return source;
    }
}
