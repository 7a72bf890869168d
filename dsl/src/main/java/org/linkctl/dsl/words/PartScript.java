package org.linkctl.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;

/** The script of an included file: its whole text stands in braces in which the words of {@code fabric} are known. */
public abstract class PartScript extends Script {
    /** What is put around the text ({@link ScriptKind#WRAPPER}); no word of the language. */
    protected void part(@DelegatesTo(value = FabricSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        Spec.run((FabricSpec) getBinding().getVariable(ScriptKind.FABRIC), body);
    }
}
