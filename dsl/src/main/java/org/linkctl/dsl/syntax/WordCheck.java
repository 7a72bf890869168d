package org.linkctl.dsl.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.AttributeExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.MethodReferenceExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.control.SourceUnit;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.purity.AllowedApi;
import org.linkctl.dsl.purity.TypeRules;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.report.Words;
import org.linkctl.dsl.words.FabricSpec;
import org.linkctl.dsl.words.PartScript;
import org.linkctl.dsl.words.ScriptKind;
import org.linkctl.dsl.words.Vocabulary;
import org.linkctl.dsl.words.Vocabulary.Word;

/**
 * Checks every use of a word before Groovy's own type checker runs: is it known here, are its attributes? What can be
 * mended is mended in the tree (a slip is read as what was likely meant, a wrong attribute as if it were not there),
 * so that what stands around it and within it is checked as well; the script runs only to find more errors then.
 */
public final class WordCheck extends ClassCodeVisitorSupport {
    private final SourceUnit source;
    private final ClassNode script;
    private final ScriptKind kind;
    private final DiagnosticCollector diagnostics;
    private final String file;
    private final boolean speaks;
    private final Deque<Class<?>> places = new ArrayDeque<>();
    private final Set<Place> broken = new HashSet<>();

    /** @param speaks false where everything this can say was said before */
    public WordCheck(
            SourceUnit source,
            ClassNode script,
            ScriptKind kind,
            DiagnosticCollector diagnostics,
            String file,
            boolean speaks) {
        this.source = source;
        this.script = script;
        this.kind = kind;
        this.diagnostics = diagnostics;
        this.file = file;
        this.speaks = speaks;
    }

    /** The places of errors that cannot be mended: the statements that hold them cannot be run. */
    public Set<Place> run() {
        places.push(kind.base());
        if (script.getModule().getClasses().size() > 1 && !script.isScript()) {
            say(at(script), "an inventory declares no classes", "", null);
        }
        visitClass(script);
        return broken;
    }

    Place at(ASTNode node) {
        return new Place(file, node.getLineNumber(), node.getColumnNumber());
    }

    void say(Place at, String summary, String detail, @Nullable String suggestion) {
        if (speaks)
            diagnostics.report(Diagnostic.error(at, summary).detail(detail).suggest(suggestion));
    }

    /** Nobody is shown what stands here. */
    void hide(ASTNode node) {
        diagnostics.sources().hide(at(node));
    }

    /** What stands in the file from a node to the end of its line. */
    String source(ASTNode node) {
        return diagnostics.sources().rest(at(node));
    }

    private void breakAt(ASTNode node) {
        broken.add(at(node));
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        String name = call.isImplicitThis() ? call.getMethodAsString() : null;
        if (name == null) {
            super.visitMethodCallExpression(call);
            return;
        }
        if (places.element() == PartScript.class && name.equals(ScriptKind.WRAPPER)) {
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
        if (word == null) word = meant(call, name).orElse(null);
        if (word != null) use(word, call);
    }

    private void use(Word word, MethodCallExpression call) {
        Arguments arguments = Arguments.of(call);
        if (!Unquoted.mend(this, word, arguments)) breakAt(call.getMethod());
        Set<String> mended = new HashSet<>();
        diagnostics.sources().word(arguments.positions(file, word.givesValue(), mended));
        boolean slipped = Slips.in(this, arguments);
        if (slipped || !new WordUse(this, word, call, arguments, mended).check()) breakAt(call.getMethod());
        if (!slipped) for (Expression value : arguments.values()) value.visit(this);
        for (MapEntryExpression entry : arguments.named())
            entry.getValueExpression().visit(this);
        ClosureExpression body = arguments.body();
        Class<?> known = word.body();
        if (body != null && known != null) inside(known, () -> body.getCode().visit(this));
    }

    private void inside(Class<?> place, Runnable visit) {
        places.push(place);
        visit.run();
        places.pop();
    }

    /** Reports a word that is not known here; the word that was meant, if it can be told. */
    private Optional<Word> meant(MethodCallExpression call, String name) {
        Class<?> here = places.element();
        Map<String, Word> known = Vocabulary.of(here);
        String title = Vocabulary.title(here);
        Optional<Word> owner = Vocabulary.opening(here)
                .filter(word -> word.attributes().containsKey(name))
                .findFirst();
        if (owner.isPresent()) {
            say(
                    at(call.getMethod()),
                    "'" + name + "' is an attribute of " + title + ": it stands in the parentheses, not in the braces",
                    "written " + title + "('name', " + name + ": …) { … }",
                    null);
            breakAt(call.getMethod());
            return Optional.empty();
        }
        Optional<Class<?>> home = Vocabulary.home(name);
        String near = Words.near(name, List.copyOf(known.keySet()));
        String detail = "known in " + title + ": " + Words.list(Vocabulary.shown(here));
        if (home.isPresent()) {
            say(
                    at(call.getMethod()),
                    "'" + name + "' belongs in " + Vocabulary.title(home.get()) + ", not in " + title,
                    detail,
                    null);
        } else say(at(call.getMethod()), "no '" + Words.shown(name) + "' in " + title, detail, near);
        if (home.isPresent() || near == null) {
            breakAt(call.getMethod());
            return Optional.empty();
        }
        Word word = known.get(near.substring(1, near.length() - 1));
        if (word == null) return Optional.empty();
        ConstantExpression method = new ConstantExpression(word.name());
        method.setSourcePosition(call.getMethod());
        call.setMethod(method);
        return Optional.of(word);
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

    /** {@code String::trim} is looked up here, {@code 'x'.&trim} while the script runs. */
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
            say(
                    at(pointer),
                    "an inventory may not refer to the method '" + Words.shown(name) + "'",
                    "what may be called is called in braces: { it." + (name.isEmpty() ? "size" : Words.shown(name))
                            + "() }",
                    null);
            breakAt(pointer);
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
        say(at(expression), "an inventory may not read a field by .@", "", null);
        breakAt(expression);
    }

    private void refuse(ClassNode type, ASTNode node) {
        if (node.getLineNumber() < 1 || !type.isResolved() || TypeRules.allows(type)) return;
        say(at(node), "an inventory may not use " + type.getNameWithoutPackage(), AllowedApi.WHY, null);
        breakAt(node);
    }

    @Override
    public void visitPropertyExpression(PropertyExpression expression) {
        String name = expression.getPropertyAsString();
        if (name != null && Set.of("class", "metaClass", "binding").contains(name)) {
            say(at(expression.getProperty()), "an inventory may not use '" + name + "'", "", null);
            breakAt(expression.getProperty());
        }
        super.visitPropertyExpression(expression);
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return source;
    }
}
