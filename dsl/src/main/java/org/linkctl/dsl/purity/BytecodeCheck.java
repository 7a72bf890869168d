package org.linkctl.dsl.purity;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.codehaus.groovy.tools.GroovyClass;
import org.linkctl.dsl.source.SourceFiles;
import org.linkctl.dsl.words.Vocabulary;

/**
 * Checks that compiled inventories use nothing but {@link AllowedApi}. The tree is checked before, with better
 * messages; but whatever syntax leads to a call, a cast or a reference, it ends up in the class file (JVMS 4.4, 6.5),
 * so that this check sees all of them.
 */
public final class BytecodeCheck {
    /** The dynamic calls that Groovy's static compiler writes: a cast, and {@code as}, whose types are looked at. */
    private static final String CAST = "cast";

    private static final String AS = "asType";

    /** @param number of the place, as {@link SourceFiles} counts them; 0 where there is none */
    public record Use(String what, int number) {}

    /** The method by which Groovy lets a script be started as a program; it is never called for an inventory. */
    private static final String START = "main";

    /** What every Groovy class has. The sites of dynamic calls are there, and none is: the call of one would be refused. */
    private static final Set<String> COMMON =
            Set.of("$getStaticMetaClass", "$getCallSiteArray", "$createCallSiteArray");

    private final Set<String> own;
    private final List<Use> refused = new ArrayList<>();
    private int number;
    /** The last class and string constants that the code pushed: the operands of a call by name. */
    private String lastType = "";

    private String lastText = "";

    private BytecodeCheck(Set<String> own) {
        this.own = own;
    }

    /** The uses that are not allowed, each at the first place where it is. */
    public static List<Use> refused(Collection<GroovyClass> classes) {
        Set<String> own = classes.stream().map(GroovyClass::getName).collect(Collectors.toSet());
        BytecodeCheck check = new BytecodeCheck(own);
        for (GroovyClass one : classes) check.check(ClassFile.of().parse(one.getBytes()));
        return check.refused.stream().distinct().toList();
    }

    private void check(ClassModel compiled) {
        for (MethodModel method : compiled.methods()) {
            number = 0;
            if (!isOfCompiler(method)) method.code().ifPresent(this::check);
        }
        if (!refused.isEmpty()) return;
        for (PoolEntry entry : compiled.constantPool()) {
            if (entry instanceof ClassEntry type) type(type.asSymbol());
        }
    }

    /** The start of a script, and what every Groovy class has; an inventory cannot declare a synthetic method. */
    private static boolean isOfCompiler(MethodModel method) {
        String name = method.methodName().stringValue();
        boolean synthetic = method.flags().has(AccessFlag.SYNTHETIC)
                || method.findAttribute(Attributes.synthetic()).isPresent();
        return (synthetic && COMMON.contains(name)) || name.equals(START);
    }

    private void check(CodeModel code) {
        for (CodeElement element : code) {
            switch (element) {
                case LineNumber line -> number = line.line();
                case InvokeInstruction call -> call(call);
                case FieldInstruction field -> type(field.owner().asSymbol());
                case TypeCheckInstruction cast -> type(cast.type().asSymbol());
                case NewReferenceArrayInstruction array ->
                    type(array.componentType().asSymbol());
                case NewMultiArrayInstruction array -> type(array.arrayType().asSymbol());
                case ExceptionCatch caught -> caught.catchType().ifPresent(type -> type(type.asSymbol()));
                case ConstantInstruction constant -> constant(constant.constantValue());
                case InvokeDynamicInstruction dynamic -> dynamic(dynamic);
                default -> {}
            }
        }
    }

    private void call(InvokeInstruction call) {
        method(call.owner().asSymbol(), call.name().stringValue());
    }

    private void method(ClassDesc owner, String name) {
        if (owner.isArray()) return; // clone() alone
        String type = binaryName(owner);
        boolean constructor = name.equals("<init>");
        if (isByName(type, name)) {
            if (!AllowedApi.method(lastType, lastText)) refuse(lastType + "." + lastText + "()");
            return;
        }
        boolean base = constructor && Vocabulary.isPlace(type); // what the script's own constructor begins with
        boolean allowed = base
                || own.contains(type)
                || AllowedApi.method(type, constructor ? "new" : name)
                || isOfClosure(type, name);
        if (!allowed) refuse(shown(owner) + (constructor ? "" : "." + name + "()"));
    }

    /** How the compiler writes the call of a static method without values: {@code [*: map]} begins with one. */
    private static boolean isByName(String type, String method) {
        return type.equals("org.codehaus.groovy.runtime.ScriptBytecodeAdapter") && method.equals("invokeStaticMethod0");
    }

    /** What a closure's class needs of its base class; called by the inventory itself, it gives nothing more. */
    private static boolean isOfClosure(String type, String name) {
        return type.equals("groovy.lang.Closure")
                && Set.of("<init>", "getDelegate", "getOwner", "getThisObject").contains(name);
    }

    private void dynamic(InvokeDynamicInstruction call) {
        List<ConstantDesc> arguments = call.bootstrapArgs();
        switch (call.bootstrapMethod().owner().displayName()) {
            case "LambdaMetafactory" -> arguments.forEach(this::constant);
            case "IndyInterface" -> {
                boolean cast = call.name().stringValue().equals(CAST);
                if (!cast && !arguments.getFirst().equals(AS)) refuse(arguments.getFirst() + "()");
            }
            default -> refuse(call.bootstrapMethod().owner().displayName());
        }
    }

    private void constant(ConstantDesc value) {
        if (value instanceof String text) lastText = text;
        if (value instanceof ClassDesc type) {
            if (type.isClassOrInterface()) lastType = binaryName(type);
            type(type);
        }
        if (value instanceof DirectMethodHandleDesc handle) method(handle.owner(), handle.methodName());
    }

    private void type(ClassDesc type) {
        ClassDesc element = type;
        while (element.isArray()) element = element.componentType();
        if (element.isPrimitive()) return;
        String name = binaryName(element);
        if (!isOwn(name) && !AllowedApi.compiled(name)) refuse(shown(element));
    }

    /**
     * Also a closure's class that is named and does not exist: where Groovy's compiler writes code a second time, as it does
     * for a closure before {@code ?:}, the list of inner classes keeps the first one's.
     */
    private boolean isOwn(String name) {
        return own.contains(name) || own.contains(name.substring(0, Math.max(0, name.indexOf('$'))));
    }

    private static String binaryName(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    }

    private static String shown(ClassDesc type) {
        return type.displayName().replace('$', '.');
    }

    private void refuse(String what) {
        refused.add(new Use(what, number));
    }
}
