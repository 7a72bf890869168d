package org.linkctl.dsl.purity;

import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ConstructorNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.transform.stc.AbstractTypeCheckingExtension;
import org.codehaus.groovy.transform.stc.ExtensionMethodNode;
import org.codehaus.groovy.transform.stc.StaticTypeCheckingVisitor;
import org.linkctl.dsl.words.ScriptKind;

/**
 * An inventory is a pure function of its files: of the methods that Groovy's type checker finds, it may call those of
 * {@link AllowedApi}. {@link BytecodeCheck} looks again at what was compiled.
 */
public final class AllowedCallCheck extends AbstractTypeCheckingExtension {
    public AllowedCallCheck(StaticTypeCheckingVisitor visitor) {
        super(visitor);
    }

    /** Whether an inventory may name this class. */
    public static boolean allows(ClassNode type) {
        ClassNode element = type;
        while (element.isArray()) element = element.getComponentType();
        return element.isPrimaryClassNode()
                || element.isGenericsPlaceHolder()
                || ClassHelper.isPrimitiveType(element)
                || AllowedApi.type(element.getName());
    }

    /** The name of the class that the file's script extends. */
    private String base() {
        ClassNode script = context.getEnclosingClassNode();
        return script == null || script.getSuperClass() == null
                ? ""
                : script.getSuperClass().getName();
    }

    @Override
    public void onMethodSelection(Expression expression, MethodNode target) {
        ClassNode owner = target.getDeclaringClass();
        if (owner.isPrimaryClassNode()) return;
        ClassNode shown = owner;
        boolean constructor = target instanceof ConstructorNode;
        boolean allowed = AllowedApi.method(owner.getName(), constructor ? "new" : target.getName());
        if (target instanceof ExtensionMethodNode extension) {
            MethodNode written = extension.getExtensionMethodNode();
            shown = written.getParameters()[0].getType();
            allowed = AllowedApi.method(written.getDeclaringClass().getName(), target.getName());
        }
        if (allowed) return;
        addStaticTypeError(
                ScriptKind.title(base()) + " may not use " + shown.getNameWithoutPackage()
                        + (constructor ? "" : "." + target.getName() + "()"),
                expression);
    }
}
