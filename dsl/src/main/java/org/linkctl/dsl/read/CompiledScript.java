package org.linkctl.dsl.read;

import groovy.lang.Binding;
import groovy.lang.Script;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.tools.GroovyClass;
import org.linkctl.dsl.source.FilePlaces;
import org.linkctl.dsl.words.ScriptKind;

/**
 * What compiling a file without any message gives: its classes, and what the file's text says of their places.
 *
 * @param classes in the order in which they were generated
 * @param places of the file that was compiled, or will be run
 */
record CompiledScript(List<Type> classes, FilePlaces places) {
    /** A class by its name, as a class file (JVMS 4). */
    @SuppressWarnings("ArrayRecordComponent") // two of them are never compared
    record Type(String name, byte[] bytes) {}

    static CompiledScript of(List<GroovyClass> classes, FilePlaces places) {
        List<Type> types = new ArrayList<>();
        for (GroovyClass one : classes) types.add(new Type(one.getName(), one.getBytes()));
        return new CompiledScript(types, places);
    }

    /**
     * The script, with new classes.
     *
     * @throws LinkageError where a class file is none that this Java can load
     */
    Script create(Binding binding) {
        Loader loader = new Loader();
        Class<?> script = null;
        for (Type one : classes) {
            Class<?> defined = loader.define(one);
            if (Script.class.isAssignableFrom(defined)) script = defined;
        }
        if (script == null) throw new IllegalStateException("no script among the classes of an inventory");
        try {
            // InvokerHelper does the same, and initializes Groovy's runtime, which takes longer than to run a script.
            Script created =
                    script.asSubclass(Script.class).getDeclaredConstructor().newInstance();
            created.setBinding(binding);
            return created;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a script has a public constructor without parameters", e);
        }
    }

    private static final class Loader extends ClassLoader {
        Loader() {
            super(ScriptKind.class.getClassLoader());
        }

        Class<?> define(Type one) {
            return defineClass(one.name(), one.bytes(), 0, one.bytes().length);
        }
    }
}
