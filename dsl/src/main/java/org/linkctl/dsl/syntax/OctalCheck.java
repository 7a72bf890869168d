package org.linkctl.dsl.syntax;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.control.SourceUnit;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.report.MessageText;

/** Refuses numbers that Groovy reads otherwise than a person: one that begins with 0 is octal (JLS 3.10.1). */
public final class OctalCheck extends ClassCodeVisitorSupport {
    private static final Pattern OCTAL = Pattern.compile("(0[0_]*)([0-9][0-9_]*)[iIlLgG]?(?!\\w|[.]\\d)");

    private final SourceUnit source;
    private final DiagnosticCollector diagnostics;
    private final String file;

    public OctalCheck(SourceUnit source, DiagnosticCollector diagnostics, String file) {
        this.source = source;
        this.diagnostics = diagnostics;
        this.file = file;
    }

    /** A mode is a text: what its number would be is told where it is found to be none. */
    @Override
    public void visitMapEntryExpression(MapEntryExpression entry) {
        boolean mode = "mode".equals(entry.getKeyExpression().getText());
        if (!mode || !(entry.getValueExpression() instanceof ConstantExpression)) super.visitMapEntryExpression(entry);
    }

    @Override
    public void visitConstantExpression(ConstantExpression constant) {
        if (!(constant.getValue() instanceof Number number)) return;
        Place at = new Place(file, constant.getLineNumber(), constant.getColumnNumber());
        String rest = diagnostics.sources().restOfLine(at);
        Matcher octal = OCTAL.matcher(rest.startsWith("-") || rest.startsWith("+") ? rest.substring(1) : rest);
        if (!octal.lookingAt()) return;
        String decimal = octal.group(2).replace("_", "");
        if (Math.abs(number.longValue()) == Long.parseLong(decimal)) return;
        diagnostics.report(Diagnostic.error(
                        at, MessageText.shown(octal.group()) + " begins with 0, so Groovy reads it as octal: " + number)
                .suggest(decimal));
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return source;
    }
}
