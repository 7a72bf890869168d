package org.linkctl.dsl.read;

import java.util.List;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.VariableScope;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.linkctl.dsl.words.ScriptKind;

/** Puts an included file's statements into the braces of the fabric that includes it. */
final class IncludeWrapper {
    private IncludeWrapper() {}

    static void wrap(ModuleNode file) {
        List<Statement> statements = file.getStatementBlock().getStatements();
        BlockStatement body =
                new BlockStatement(List.copyOf(statements).toArray(Statement[]::new), new VariableScope());
        ClosureExpression braces = new ClosureExpression(Parameter.EMPTY_ARRAY, body);
        braces.setVariableScope(new VariableScope());
        MethodCallExpression call = new MethodCallExpression(
                VariableExpression.THIS_EXPRESSION, ScriptKind.WRAPPER, new ArgumentListExpression(braces));
        statements.clear();
        statements.add(new ExpressionStatement(call));
    }
}
