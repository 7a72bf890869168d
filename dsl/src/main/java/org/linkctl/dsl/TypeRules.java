package org.linkctl.dsl;

import java.util.Set;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.transform.stc.AbstractTypeCheckingExtension;
import org.codehaus.groovy.transform.stc.ExtensionMethodNode;
import org.codehaus.groovy.transform.stc.StaticTypeCheckingVisitor;

/**
 * An inventory is a pure function: it may use texts, numbers and collections, and nothing that reads a clock, draws
 * lots, starts a process or opens a file. This keeps slips out, not attackers: inventories are trusted as code.
 */
public final class TypeRules extends AbstractTypeCheckingExtension {
    private static final Set<String> PACKAGES =
            Set.of("java.util.function", "java.util.regex", "java.math", "groovy.lang");
    private static final Set<String> CLASSES = Set.of(
            "java.lang.Object",
            "java.lang.String",
            "java.lang.CharSequence",
            "java.lang.StringBuilder",
            "java.lang.Iterable",
            "java.lang.Comparable",
            "java.lang.Enum",
            "java.lang.Number",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Boolean",
            "java.lang.Character",
            "java.lang.Math",
            "java.lang.Double");
    private static final Set<String> FORBIDDEN = Set.of(
            "execute",
            "sleep",
            "random",
            "randomUUID",
            "shuffle",
            "shuffled",
            "print",
            "println",
            "printf",
            "getClass",
            "getMetaClass",
            "setMetaClass",
            "invokeMethod",
            "evaluate",
            "run",
            "getBinding",
            "setBinding",
            "toURL",
            "toURI",
            "identityHashCode",
            "hashCode",
            "wait",
            "notify",
            "notifyAll");
    private static final Set<String> UTILITIES = Set.of(
            "java.util.Random",
            "java.util.UUID",
            "java.util.Date",
            "java.util.Calendar",
            "java.util.Timer",
            "java.util.Scanner",
            "java.util.ServiceLoader",
            "java.util.TimeZone",
            "java.util.Locale");

    public TypeRules(StaticTypeCheckingVisitor visitor) {
        super(visitor);
    }

    /** Whether an inventory may name this class. */
    static boolean allows(ClassNode type) {
        String name = type.isArray() ? type.getComponentType().getName() : type.getName();
        boolean thrown = name.startsWith("java.lang.") && name.endsWith("Exception");
        if (thrown || CLASSES.contains(name) || name.startsWith("org.linkctl.model.")) return true;
        String pack = name.substring(0, Math.max(name.lastIndexOf('.'), 0));
        if (name.equals("groovy.lang.GroovyShell") || name.endsWith("ClassLoader")) return false;
        return pack.isEmpty() || PACKAGES.contains(pack) || (pack.equals("java.util") && !UTILITIES.contains(name));
    }

    @Override
    public void onMethodSelection(Expression expression, MethodNode target) {
        ClassNode owner = target instanceof ExtensionMethodNode extension
                ? extension.getExtensionMethodNode().getParameters()[0].getType()
                : target.getDeclaringClass();
        boolean ours = owner.getName().startsWith("org.linkctl.dsl.");
        boolean own = owner.equals(typeCheckingVisitor.getTypeCheckingContext().getEnclosingClassNode());
        if (ours || own) return;
        if (allows(owner) && !FORBIDDEN.contains(target.getName())) return;
        addStaticTypeError(
                "an inventory may not use " + owner.getNameWithoutPackage() + "." + target.getName() + "()",
                expression);
    }
}
