package org.linkctl.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;

/**
 * Base class of the script of an included file, whose whole text is put into braces in which the words of {@code
 * fabric} are known.
 */
public abstract class IncludedScript extends Script {
    /** The call around the text ({@link ScriptKind#WRAPPER}); not a word of the language. */
    protected void part(@DelegatesTo(value = FabricSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        Spec.run((FabricSpec) getBinding().getVariable(ScriptKind.FABRIC), body);
    }
}
