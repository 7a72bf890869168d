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

/** Removes the innermost statements that contain an error, so that the rest can be compiled and run. */
final class StatementPruner extends ClassCodeVisitorSupport {
    private final SourceUnit source;
    private final DiagnosticCollector diagnostics;
    private final String file;
    private final Set<Place> excluded;

    private StatementPruner(SourceUnit source, DiagnosticCollector diagnostics, String file, Set<Place> excluded) {
        this.source = source;
        this.diagnostics = diagnostics;
        this.file = file;
        this.excluded = excluded;
    }

    static void prune(
            ClassNode script, SourceUnit source, DiagnosticCollector diagnostics, String file, Set<Place> excluded) {
        if (!excluded.isEmpty()) new StatementPruner(source, diagnostics, file, excluded).visitClass(script);
    }

    @Override
    public void visitBlockStatement(BlockStatement block) {
        super.visitBlockStatement(block); // inner blocks first: they remove their places from the set
        List<Statement> statements = block.getStatements();
        for (ListIterator<Statement> each = statements.listIterator(); each.hasNext(); ) {
            Statement statement = each.next();
            List<Place> inside =
                    excluded.stream().filter(place -> holds(statement, place)).toList();
            if (inside.isEmpty()) continue;
            inside.forEach(excluded::remove);
            inside.forEach(diagnostics.unreadable()::add);
            mention(statement);
            each.set(EmptyStatement.INSTANCE);
        }
    }

    /** Remembers the texts of a removed statement: it might have declared something of that name. */
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
