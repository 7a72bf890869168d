package org.linkctl.dsl;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;

/** The script of an included file: its whole text stands in braces in which the words of {@code fabric} are known. */
public abstract class PartScript extends Script {
    /** The variable of the script's binding that holds the fabric it is a part of. */
    static final String FABRIC = "linkctl.fabric";

    /** What {@link Parts} puts around the text; no word of the language. */
    protected void part(@DelegatesTo(value = FabricSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        Spec.run((FabricSpec) getBinding().getVariable(FABRIC), body);
    }
}
