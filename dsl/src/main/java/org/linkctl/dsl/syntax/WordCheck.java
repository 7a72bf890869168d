package org.linkctl.dsl.syntax;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.AttributeExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.MethodReferenceExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.SourceUnit;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.purity.AllowedApi;
import org.linkctl.dsl.purity.AllowedCallCheck;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.words.FabricSpec;
import org.linkctl.dsl.words.IncludedScript;
import org.linkctl.dsl.words.ScriptKind;
import org.linkctl.dsl.words.Vocabulary;
import org.linkctl.dsl.words.Vocabulary.Word;

/**
 * Checks every use of a word before Groovy's own type checker runs: is it known here, are its attributes? What can be
 * corrected is corrected in the tree (a misspelled word is replaced by the one probably meant, a wrong attribute
 * removed), so that what is around and inside of it is checked as well; after an error the script runs only to find
 * more errors.
 */
public final class WordCheck extends ClassCodeVisitorSupport {
    private final SourceUnit source;
    private final ClassNode script;
    private final ScriptKind kind;
    private final DiagnosticCollector diagnostics;
    private final String file;
    private final boolean reports;
    private final Deque<Class<?>> places = new ArrayDeque<>();
    private final Set<Place> excluded = new HashSet<>();
    /** Braces whose value nobody reads. */
    private final Set<ClosureExpression> dropped = Collections.newSetFromMap(new IdentityHashMap<>());

    private final LabelCheck labels = new LabelCheck(this);
    private final MeantWord meant = new MeantWord(this);
    private final UnusedValueCheck unused = new UnusedValueCheck(this);

    /** @param reports false in later rounds of compilation: the errors were reported in the first */
    public WordCheck(
            SourceUnit source,
            ClassNode script,
            ScriptKind kind,
            DiagnosticCollector diagnostics,
            String file,
            boolean reports) {
        this.source = source;
        this.script = script;
        this.kind = kind;
        this.diagnostics = diagnostics;
        this.file = file;
        this.reports = reports;
    }

    /** The places of errors that could not be corrected: the statements that contain them cannot be run. */
    public Set<Place> run() {
        places.push(kind.base());
        if (script.getModule().getClasses().size() > 1 && !script.isScript()) {
            error(at(script), kind.title() + " declares no classes", "", null);
        }
        visitClass(script);
        return excluded;
    }

    Place at(ASTNode node) {
        return new Place(file, node.getLineNumber(), node.getColumnNumber());
    }

    void error(Place at, String summary, String detail, @Nullable String suggestion) {
        if (reports)
            diagnostics.report(Diagnostic.error(at, summary).detail(detail).suggest(suggestion));
    }

    /** Source lines in messages are cut off before this node: it may be a secret. */
    void redact(ASTNode node) {
        diagnostics.sources().redactFrom(at(node));
    }

    /** The source from a node to the end of its line. */
    String source(ASTNode node) {
        return diagnostics.sources().restOfLine(at(node));
    }

    /** A value as it is written, where it stands on one line. */
    String written(Expression value) {
        if (value.getLineNumber() != value.getLastLineNumber()) return "…";
        String rest = source(value);
        int length = value.getLastColumnNumber() - value.getColumnNumber();
        return rest.substring(0, Math.clamp(length, 0, rest.length())).strip();
    }

    /** The place where a name with a colon stands before a statement; of the statement where it is not found. */
    Place placeBefore(Statement statement, String label) {
        Place at = at(statement);
        return diagnostics.sources().placeBefore(at, label + "\\s*:").orElse(at);
    }

    /** Whether the braces here have a value of that name. */
    boolean isValue(String name) {
        return Vocabulary.isValue(place(), name);
    }

    /** The class of the words that are known here. */
    Class<?> place() {
        return places.element();
    }

    ScriptKind kind() {
        return kind;
    }

    /** That this file is of another kind than it is read as. */
    void otherKindOfFile() {
        diagnostics.otherKindOfFile();
    }

    /** What cannot be corrected. */
    void exclude(ASTNode node) {
        excluded.add(at(node));
    }

    private void drop(@Nullable ClosureExpression braces) {
        if (braces != null) dropped.add(braces);
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        String name = call.isImplicitThis() ? call.getMethodAsString() : null;
        if (UnusedValueCheck.drops(call)) drop(WordArguments.of(call).body());
        if (name == null) {
            super.visitMethodCallExpression(call);
            return;
        }
        if (places.element() == IncludedScript.class && name.equals(ScriptKind.WRAPPER)) {
            drop(WordArguments.of(call).body());
            inside(FabricSpec.class, () -> super.visitMethodCallExpression(call));
            return;
        }
        Word word = Vocabulary.of(places.element()).get(name);
        if (word == null && !script.getMethods(name).isEmpty()) {
            call.setImplicitThis(false); // a method of the file: its owner, not the braces, knows it
            call.setObjectExpression(new VariableExpression("this", script));
            super.visitMethodCallExpression(call);
            return;
        }
        if (word == null) word = meant.unknown(call, name).orElse(null);
        if (word != null) use(meant.almost(word, call).orElse(word), call);
    }

    private void use(Word word, MethodCallExpression call) {
        WordArguments arguments = WordArguments.of(call);
        ClosureExpression body = arguments.body();
        if (!UnquotedNames.correct(this, word, arguments)) exclude(call.getMethod());
        Set<String> ignored = new HashSet<>();
        if (body != null) ignored.addAll(LabelCheck.attributes(word, body));
        diagnostics.sources().addUse(arguments.positions(file, word, ignored));
        boolean slipped = PunctuationCheck.reports(this, arguments);
        if (slipped || !new WordUseCheck(this, word, call, arguments, ignored).check()) exclude(call.getMethod());
        if (!slipped) for (Expression value : arguments.values()) value.visit(this);
        for (MapEntryExpression entry : arguments.named())
            entry.getValueExpression().visit(this);
        Class<?> known = word.body();
        if (body != null && known != null) inside(known, () -> body.getCode().visit(this));
    }

    @Override
    protected void visitStatement(Statement statement) {
        boolean label = labels.reports(statement);
        boolean idle = statement instanceof ExpressionStatement one && (label || unused.reports(one));
        if (idle) exclude(statement);
    }

    /** Braces behind a word and a colon are read as that word's. */
    @Override
    public void visitBlockStatement(BlockStatement block) {
        Word word = labels.braces(block);
        Class<?> known = word == null ? null : word.body();
        if (known == null) {
            super.visitBlockStatement(block);
            return;
        }
        visitStatement(block);
        exclude(block);
        inside(known, () -> block.getStatements().forEach(one -> one.visit(this)));
    }

    /** Braces that are no word's: what they return is read, unless the method that takes them drops it. */
    @Override
    public void visitClosureExpression(ClosureExpression closure) {
        if (!dropped.contains(closure)) unused.isReturned(closure.getCode());
        super.visitClosureExpression(closure);
    }

    @Override
    public void visitMethod(MethodNode method) {
        if (!method.isScriptBody() && !method.isVoidMethod() && method.getCode() != null) {
            unused.isReturned(method.getCode());
        }
        super.visitMethod(method);
    }

    @Override
    public void visitMapExpression(MapExpression map) {
        Set<Object> seen = new HashSet<>();
        for (MapEntryExpression entry : map.getMapEntryExpressions()) {
            if (!(entry.getKeyExpression() instanceof ConstantExpression key) || seen.add(key.getValue())) continue;
            error(at(key), "'" + MessageText.shown(key.getText()) + "' stands in this map twice", "", null);
        }
        super.visitMapExpression(map);
    }

    private void inside(Class<?> place, Runnable visit) {
        places.push(place);
        visit.run();
        places.pop();
    }

    @Override
    public void visitConstructorCallExpression(ConstructorCallExpression call) {
        refuse(call.getType(), call);
        super.visitConstructorCallExpression(call);
    }

    @Override
    public void visitClassExpression(ClassExpression expression) {
        refuse(expression.getType(), expression);
    }

    @Override
    public void visitCastExpression(CastExpression cast) {
        refuse(cast.getType(), cast);
        super.visitCastExpression(cast);
    }

    @Override
    public void visitDeclarationExpression(DeclarationExpression declaration) {
        if (!declaration.isMultipleAssignmentDeclaration()) {
            refuse(declaration.getVariableExpression().getOriginType(), declaration);
        }
        super.visitDeclarationExpression(declaration);
    }

    /** {@code String::trim} is resolved here, {@code 'x'.&trim} only while the script runs. */
    @Override
    public void visitMethodPointerExpression(MethodPointerExpression pointer) {
        Expression owner = pointer.getExpression();
        String name = pointer.getMethodName() instanceof ConstantExpression constant ? constant.getText() : "";
        boolean own = owner instanceof VariableExpression variable
                && variable.isThisExpression()
                && !script.getDeclaredMethods(name).isEmpty();
        boolean listed = owner instanceof ClassExpression type
                && AllowedApi.method(type.getType().getName(), name);
        if (!own && !listed) {
            error(
                    at(pointer),
                    kind.title() + " may not refer to the method '" + MessageText.shown(name) + "'",
                    "what may be called is called in braces: { it."
                            + (name.isEmpty() ? "size" : MessageText.shown(name)) + "() }",
                    null);
            exclude(pointer);
            return;
        }
        super.visitMethodPointerExpression(pointer);
    }

    @Override
    public void visitMethodReferenceExpression(MethodReferenceExpression reference) {
        visitMethodPointerExpression(reference);
    }

    @Override
    public void visitAttributeExpression(AttributeExpression expression) {
        error(at(expression), kind.title() + " may not read a field by .@", "", null);
        exclude(expression);
    }

    private void refuse(ClassNode type, ASTNode node) {
        if (node.getLineNumber() < 1 || !type.isResolved() || AllowedCallCheck.allows(type)) return;
        error(at(node), kind.title() + " may not use " + type.getNameWithoutPackage(), AllowedApi.WHY, null);
        exclude(node);
    }

    @Override
    public void visitPropertyExpression(PropertyExpression expression) {
        String name = expression.getPropertyAsString();
        if (name != null && Set.of("class", "metaClass", "binding").contains(name)) {
            error(at(expression.getProperty()), kind.title() + " may not use '" + name + "'", "", null);
            exclude(expression.getProperty());
        }
        super.visitPropertyExpression(expression);
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return source;
    }
}
