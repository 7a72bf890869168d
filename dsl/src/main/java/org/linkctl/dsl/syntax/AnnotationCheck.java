package org.linkctl.dsl.syntax;

import java.util.List;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.control.SourceUnit;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.words.ScriptKind;

/**
 * Removes annotations from the tree before the compiler processes them: some run code while a file compiles (ASTTest,
 * Grab), some switch the type checker off (CompileDynamic). {@code @Field} is allowed: it does neither.
 * Groovy collects annotations by the same visit (ASTTransformationCollectorCodeVisitor).
 */
public final class AnnotationCheck extends ClassCodeVisitorSupport {
    private static final String FIELD = "groovy.transform.Field";
    private static final String SHORT = "Field";

    private final SourceUnit source;
    private final ScriptKind kind;
    private final DiagnosticCollector diagnostics;
    private final String file;

    public AnnotationCheck(SourceUnit source, ScriptKind kind, DiagnosticCollector diagnostics, String file) {
        this.source = source;
        this.kind = kind;
        this.diagnostics = diagnostics;
        this.file = file;
    }

    public void run(ClassNode script) {
        visitClass(script);
        if (script.getPackage() != null) visitAnnotations(script.getPackage());
        // Imports and a package are the module's; a visit of a class sees them where it is the script alone.
        script.getModule().getImports().forEach(this::visitAnnotations);
        script.getModule().getStarImports().forEach(this::visitAnnotations);
        script.getModule().getStaticImports().values().forEach(this::visitAnnotations);
        script.getModule().getStaticStarImports().values().forEach(this::visitAnnotations);
    }

    @Override
    public void visitAnnotations(AnnotatedNode node) {
        List<AnnotationNode> annotations = List.copyOf(node.getAnnotations());
        for (AnnotationNode annotation : annotations) {
            boolean written = annotation.getLineNumber() > 0; // the compiler's own stand nowhere
            if (!written || isField(annotation)) continue;
            Place at = new Place(file, annotation.getLineNumber(), annotation.getColumnNumber());
            String name = annotation.getClassNode().getUnresolvedName();
            diagnostics.report(Diagnostic.error(
                            at, kind.title() + " may not use the annotation @" + MessageText.shown(name))
                    .detail("annotations can run code while the file is compiled; " + kind.title() + " needs none"));
            node.getAnnotations().remove(annotation);
        }
    }

    private boolean isField(AnnotationNode annotation) {
        String name = annotation.getClassNode().getUnresolvedName();
        ImportNode imported = source.getAST().getImport(SHORT);
        boolean named = name.equals(FIELD)
                || (name.equals(SHORT)
                        && imported != null
                        && imported.getType().getName().equals(FIELD));
        return named && annotation.getMembers().isEmpty();
    }

    @Override
    public void visitClosureExpression(ClosureExpression closure) {
        if (closure.getParameters() != null) {
            for (Parameter parameter : closure.getParameters()) visitAnnotations(parameter);
        }
        super.visitClosureExpression(closure);
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return source;
    }
}
